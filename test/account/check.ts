import { setTimeout as sleep } from 'node:timers/promises';

import { describeFailure } from '../n8n/script';
import { checkAccount } from './checkAccount';
import { readSettings } from './settings';

/** Milliseconds to think again, where somebody is watching. */
const TO_THINK_AGAIN = 5000;

let isStopped = false;

async function main(): Promise<void> {
	const settings = readSettings(process.env);
	// What was changed has to be put back first; a second Ctrl-C ends it at once.
	process.once('SIGINT', () => {
		isStopped = true;
		console.log('\nStopping after this step.');
	});
	const { differs, isAsBefore } = await checkAccount(settings, {
		print: (line) => console.log(line),
		isStopped: () => isStopped,
		pause: async () => {
			if (!process.stdout.isTTY) return;
			console.log('It begins in 5 seconds; Ctrl-C stops it.\n');
			await sleep(TO_THINK_AGAIN);
		},
	});
	if (differs > 0 || !isAsBefore) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(describeFailure(error));
	process.exitCode = 1;
});
