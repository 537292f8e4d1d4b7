import { ACCESS_KEY, SECRET_KEY } from '../perculus-server';
import { checkAccount, type Summary } from './checkAccount';
import { readSettings } from './settings';

export interface Done {
	summary: Summary;
	lines: string[];
	/** Verdict and detail, by the assumption. */
	found: Map<string, string>;
}

/** The variables that a user sets. */
export const environment = (url: string) => ({
	PERCULUS_DOMAIN: url,
	PERCULUS_ACCESS_KEY: ACCESS_KEY,
	PERCULUS_SECRET_KEY: SECRET_KEY,
});

/** Checks the account at an address, with the session that may be changed, and one that is over. */
export async function checkAt(
	url: string,
	guid?: string,
	isStopped?: () => boolean,
	finished?: string,
): Promise<Done> {
	const lines: string[] = [];
	const settings = readSettings({
		...environment(url),
		PERCULUS_SESSION_GUID: guid,
		PERCULUS_FINISHED_SESSION_GUID: finished,
	});
	const summary = await checkAccount(settings, {
		print: (line) => lines.push(...line.split('\n')),
		isStopped,
	});
	const found = new Map(
		lines.flatMap((line, index) => {
			const assumption = /^No\. \d+: (.+)$/.exec(line)?.[1];
			return assumption === undefined ? [] : [[assumption, lines[index + 1]?.trim() ?? '']];
		}),
	);
	return { summary, lines, found };
}

/** What was said of each assumption with this in it. */
export const finding = ({ found }: Done, part: string) =>
	[...found].filter(([assumption]) => assumption.includes(part)).map(([, verdict]) => verdict);
