/** Replaces n8n's own `sleep` in every test (see jest.config.js): a wait takes no time, and is counted. */
let total = 0;
const watchers: Array<() => void> = [];

export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
	total += milliseconds;
	for (const notify of watchers.splice(0)) notify();
	await new Promise((resolve) => setImmediate(resolve));
	signal?.throwIfAborted();
}

/** Resolves when the next wait begins, before it ends. */
export async function nextWait(): Promise<void> {
	await new Promise<void>((resolve) => watchers.push(resolve));
}

/** The total of all waits in this test file, in ms. */
export const waited = () => total;
