import type { Transport } from './transport';

/** Seconds after the beginning. */
const LOOKS_AT = [0, 2, 6];

/**
 * Looks up to three times within six seconds: a slow server may still be writing, and a slow search may not show yet
 * what is there.
 *
 * @param look says whether it has seen enough
 */
export async function lookUntil(transport: Transport, look: () => Promise<boolean>): Promise<void> {
	const began = transport.now();
	for (const at of LOOKS_AT) {
		if (at > 0) await transport.wait(Math.max(0, began + at * 1000 - transport.now()));
		if (await look()) return;
	}
}
