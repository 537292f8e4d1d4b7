import { createInterface } from 'node:readline/promises';

import type { Account } from './account';

/** Says what the demo changes in a real account; at a terminal, a person can stop it. */
export async function announceRealAccount(
	{ credential, sessionGuid }: Account,
	isAsking = process.stdin.isTTY,
): Promise<void> {
	console.log(`This run works on the real account at ${credential.domain}. It will
- create one session, "CS201", 30 days from now, which stays there,
- send the same rows again, which changes nothing further,
- set the duration of session ${sessionGuid} to 100 minutes,
- send two rows that Perculus will refuse: a session in the past, and a change
  of a session that doesn't exist.
`);
	if (!isAsking) return;
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	// With the terminal in readline's hands, Ctrl-C arrives here instead of as a signal.
	terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
	await terminal.question('Press Enter to continue, Ctrl-C to stop. ');
	terminal.close();
}
