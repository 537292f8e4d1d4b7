import { UserError } from '../n8n/script';
import { Api, NoAnswer, type View } from './api';
import { attendeeChecks } from './attendees';
import { changingChecks } from './changing';
import { lookAt, type Check, type Verdict } from './finding';
import { readingChecks } from './reading';
import { reportChecks } from './reports';
import { restore } from './restoring';
import type { Settings } from './settings';
import { tagChangingChecks, tagReadingChecks } from './tags';

/** How a check of an account prints, and whether it is to stop. */
export interface Surroundings {
	print: (line: string) => void;
	/** Asked before each step; what was changed is put back all the same. */
	isStopped?: () => boolean;
	/** After the plan was printed, before anything is sent. */
	pause?: () => Promise<void>;
}

/** How many checks ended in which way, and whether the session is as it was. */
export type Summary = Record<Verdict, number> & { isAsBefore: boolean };

const PLAN_READING =
	'It searches for sessions and reads one of them, about 50 times, and changes nothing by that.';

function planChanging(guid: string): string {
	return [
		`Then it changes this one session, about 30 times: ${guid}.`,
		'  Its duration, description, tags, start and some of its options change for some seconds; participants may be told.',
		'  Somebody at example.com is added to it, and removed again, four times.',
		'  At the end it is put back as it was. No other session is changed, and none is created.',
	].join('\n');
}

/** Says what it will do, does it, and prints for each assumption how the account behaves. Prints no key. */
export async function checkAccount(settings: Settings, around: Surroundings): Promise<Summary> {
	const { secrets, guid, finished } = settings;
	const print = (line: string) => around.print(withoutSecrets(line, secrets));
	const summary: Summary = {
		'as assumed': 0,
		differs: 0,
		'not found out': 0,
		isAsBefore: true,
	};
	const run = async (checks: Check[]) => {
		for (const check of checks) {
			if (around.isStopped?.()) return;
			const { verdict, detail } = await lookAt(check);
			summary[verdict]++;
			print(`No. ${check.no}: ${check.assumption}\n  ${verdict}${detail && `: ${detail}`}`);
		}
	};

	print(`This looks at ${settings.base}.`);
	print(PLAN_READING);
	print(
		guid === undefined
			? 'PERCULUS_SESSION_GUID is not set: no session is changed.'
			: planChanging(guid),
	);
	if (finished !== undefined)
		print(`It reads the report of ${finished} and of its people, and changes nothing by that.`);
	print('The numbers are those of docs/dev/api-assumptions.md.\n');
	await around.pause?.();

	const api = new Api(settings);
	await orSay(async () => await api.requireAccess());
	await run([...readingChecks(api), ...tagReadingChecks(api)]);
	if (finished !== undefined) await run(reportChecks(api, finished));
	if (guid !== undefined && !around.isStopped?.()) {
		const before = await orSay(async () => await api.read());
		print(`\nThe session ${guid} is changed now.`);
		try {
			await run([
				...changingChecks(api, before),
				...tagChangingChecks(api, before),
				...attendeeChecks(api),
			]);
		} finally {
			summary.isAsBefore = await putBack(api, before, print);
		}
	}
	print(
		`\n${summary['as assumed']} as assumed, ${summary.differs} differ, ${summary['not found out']} not found out.`,
	);
	return summary;
}

async function putBack(api: Api, before: View, print: (line: string) => void): Promise<boolean> {
	let left: string[];
	try {
		left = [...(await restore(api, before)), ...api.left];
	} catch (error) {
		if (!(error instanceof NoAnswer)) throw error;
		left = [`${error.message}. It was: ${JSON.stringify(before)}`, ...api.left];
	}
	print(
		left.length === 0
			? 'The session is as it was.'
			: `The session could not be put back as it was. Change it by hand:\n  ${left.join('\n  ')}`,
	);
	return left.length === 0;
}

/** Without an answer here there is nothing to go on with. */
async function orSay<T>(look: () => Promise<T>): Promise<T> {
	try {
		return await look();
	} catch (error) {
		throw error instanceof NoAnswer ? new UserError(`${error.message}.`) : error;
	}
}

function withoutSecrets(line: string, secrets: readonly string[]): string {
	return secrets.reduce((text, secret) => text.replaceAll(secret, '…'), line);
}
