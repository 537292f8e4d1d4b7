import { isObject } from '../../nodes/Perculus/values/collections';
import { describeFailure } from '../n8n/script';
import { READING, REPORTS, changing, type Check } from './checks';
import { Client, Unanswered, readSettings, type Settings, type View } from './client';

/** How a check of an account prints, and whether it is to stop. */
export interface Surroundings {
	print: (line: string) => void;
	/** Asked before each question; what was changed is restored all the same. */
	isStopped?: () => boolean;
}

/** How many questions have which answer, and whether the session is as it was. */
export type Summary = Record<Verdict, number> & { isAsBefore: boolean };
type Verdict = 'yes' | 'no' | 'unknown';

function planOf({ base, guid, finished }: Settings): string {
	return [
		`This reads sessions of ${base}.`,
		...(finished === undefined ? [] : [`It reads the report of ${finished}.`]),
		...(guid === undefined
			? ['PERCULUS_SESSION_GUID is not set: nothing is changed.']
			: [
					`Then it changes this one session, and restores it at the end: ${guid}.`,
					'  Its attendees may be notified. A person at example.com is added and removed again.',
				]),
		'The numbers are those of docs/dev/api-assumptions.md. Yes is what the node assumes.\n',
	].join('\n');
}

/** Prints what it will do, does it, and prints the answer to each question. Prints no key. */
export async function checkAccount(settings: Settings, around: Surroundings): Promise<Summary> {
	const print = (line: string) =>
		around.print(settings.secrets.reduce((text, secret) => text.replaceAll(secret, '…'), line));
	const summary: Summary = { yes: 0, no: 0, unknown: 0, isAsBefore: true };
	const client = new Client(settings);
	const run = async (checks: readonly Check[]) => {
		for (const check of checks) {
			if (around.isStopped?.()) return;
			const answer = await check
				.run(client)
				.catch((error: unknown) => `unknown: ${reasonOf(error)}`);
			summary[answer.split(':')[0] as Verdict]++;
			print(`No. ${check.number}: ${check.question}\n  ${answer}`);
		}
	};

	print(planOf(settings));
	await client.search({});
	await run(READING);
	if (settings.finished !== undefined) await run(REPORTS);
	if (settings.guid !== undefined && !around.isStopped?.()) {
		const before = await client.session();
		try {
			await run(changing(before));
		} finally {
			const left = [...(await restore(client, before)), ...client.left];
			summary.isAsBefore = left.length === 0;
			print(
				summary.isAsBefore
					? 'The session is as it was.'
					: `The session could not be restored. Change it by hand:\n  ${left.join('\n  ')}`,
			);
		}
	}
	print(`\n${summary.yes} yes, ${summary.no} no, ${summary.unknown} unknown.`);
	return summary;
}

/** The keys in which a session differs from what it was. */
const differences = (before: View, now: View): string[] =>
	Object.keys(before).filter((key) => {
		if (key === 'updating_date') return false;
		if (key === 'start_date')
			return Date.parse(String(before[key])) !== Date.parse(String(now[key]));
		return JSON.stringify(before[key]) !== JSON.stringify(now[key]);
	});

/** An object without its nulls, which can't be sent. */
function present(value: object): View {
	const entries = Object.entries(value).filter(([, inner]) => inner !== null);
	return Object.fromEntries(
		entries.map(([key, inner]) => [key, isObject(inner) ? present(inner) : (inner as unknown)]),
	);
}

/**
 * Restores the session, sending only what differs. How the API reads a start is what the checks are about, so it is
 * written in one way and, if that isn't it, in the other.
 *
 * @returns one line for each field that could not be restored
 */
async function restore(client: Client, before: View): Promise<string[]> {
	try {
		for (const start_date of [`${String(before.start_date).slice(0, 19)}Z`, before.start_date]) {
			const left = differences(before, await client.session());
			if (left.length === 0) return [];
			const values = Object.fromEntries(
				['tags', 'options', 'timezone']
					.filter((key) => left.includes(key))
					.map((key) => [key, before[key]]),
			);
			const start = { start_date, timezone: before.timezone };
			await client
				.change(present({ ...values, ...(left.includes('start_date') && start) }))
				.catch(reasonOf);
		}
		const left = differences(before, await client.session());
		return left.map((key) => `${key} was ${JSON.stringify(before[key])}`);
	} catch (error) {
		return [`${reasonOf(error)}. It was: ${JSON.stringify(before)}`];
	}
}

/** Why a question has no answer. @throws every other error */
function reasonOf(error: unknown): string {
	if (error instanceof Unanswered) return error.message;
	throw error;
}

let isStopped = false;

async function main(): Promise<void> {
	const settings = readSettings(process.env);
	// What was changed has to be restored first; a second Ctrl-C ends it at once.
	process.once('SIGINT', () => {
		isStopped = true;
		console.log('\nStopping after this step.');
	});
	const { no, isAsBefore } = await checkAccount(settings, {
		print: (line) => console.log(line),
		isStopped: () => isStopped,
	});
	if (no > 0 || !isAsBefore) process.exitCode = 1;
}

if (require.main === module)
	main().catch((error: unknown) => {
		const isUnanswered = error instanceof Unanswered;
		console.error((isUnanswered ? 'Nothing was checked: ' : '') + describeFailure(error));
		process.exitCode = 1;
	});
