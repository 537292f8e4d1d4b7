import type { NodeExecutionHint } from 'n8n-workflow';

import { wordsOf } from '../../../errors/words';
import type { Noun } from '../../contract';
import { isForError, type EmitSettings } from '../emit';
import type { Refused } from '../outcome';

/** How it is said that something did not happen. */
export interface Fates {
	/** No request was made: 'not sent'. */
	unsent: string;
	/** The request did not succeed: 'not saved'. */
	failed: string;
	/** Nobody knows: 'may or may not have been saved'. */
	unknown: string;
}

/** '1 item', '2 items' */
export const count = (n: number, { one, many }: Noun) => `${n} ${n === 1 ? one : many}`;

/**
 * '2 of 12 items not sent: values to correct; 1 refused by Perculus: no license free', most frequent
 * first; undefined where there is nothing to tell.
 */
function tally(
	refused: readonly Refused[],
	of: string,
	subject: string,
	fate: (one: Refused) => string,
): string | undefined {
	const counts = new Map<string, number>();
	for (const one of refused) {
		const clause = `${fate(one)}: ${wordsOf(one, subject).phrase}`;
		counts.set(clause, (counts.get(clause) ?? 0) + 1);
	}
	const [first, ...rest] = [...counts].sort((a, b) => b[1] - a[1]);
	if (!first) return undefined;
	const [clause, times] = first;
	return [`${times} of ${of} ${clause}`, ...rest.map(([other, n]) => `${n} ${other}`)].join('; ');
}

/**
 * What the output pane tells about items that did not succeed, each reason once.
 *
 * @param total of all items, counted as `counted`
 */
export function refusedHints(
	refused: readonly Refused[],
	total: number,
	counted: Noun,
	{ unsent, failed, unknown }: Fates,
	settings: Pick<EmitSettings, 'onError' | 'isTool' | 'noun'>,
): Array<Pick<NodeExecutionHint, 'type' | 'message'>> {
	const of = count(total, counted);
	const subject = settings.noun.one;
	const fate = ({ source, isSent }: Refused) => {
		if (!isSent) return unsent;
		return source === 'perculus' ? 'refused by Perculus' : failed;
	};
	const hints: Array<Pick<NodeExecutionHint, 'type' | 'message'>> = [];
	/** @param place where they came out, if that is not Rejected */
	const add = (some: readonly Refused[], place: string) => {
		const ofKind = (wanted: Refused['kind']) => some.filter(({ kind }) => kind === wanted);
		const rejected = tally(ofKind('rejected'), of, subject, fate);
		const doubtful = tally(ofKind('unknown'), of, subject, () => unknown);
		if (rejected) hints.push({ type: 'warning', message: `${place}${rejected}.` });
		if (doubtful) {
			const message = `${place}${doubtful}. Look in Perculus before sending again.`;
			hints.push({ type: 'danger', message });
		}
	};
	add(
		refused.filter((one) => !isForError(one, settings)),
		'',
	);
	add(
		refused.filter((one) => isForError(one, settings)),
		'At Error: ',
	);
	return hints;
}
