import type { Answered } from '../../../batch/match/matchRules';
import { groupBy } from '../../../values/groupBy';
import { loose } from '../../../values/tidy';
import { Comparable, comparableOf } from './comparable';
import type { SessionDraft } from '../session';

/**
 * What the start in an answer has in common with the one that was sent, the likeliest first: the digits on the clock
 * (documented), the instant that was meant (shown in another offset), the instant that was written (a server that
 * takes the offset at its word), or its digits in UTC with another offset beside them.
 */
export const START_READINGS = ['clock', 'meant', 'written', 'utc'] as const;
export type StartReading = (typeof START_READINGS)[number];

const seconds = (instant: number | undefined) =>
	instant === undefined ? undefined : String(Math.floor(instant / 1000));

/** The start of a draft, as an answer read in this way would show it. */
export function sentStart(draft: SessionDraft, reading: StartReading): string | undefined {
	if (reading === 'meant') return seconds(draft.start?.instant);
	const { clock, instant } = comparableOf(draft).start ?? {};
	if (reading === 'clock') return clock;
	if (reading === 'written' || instant === undefined) return seconds(instant);
	return new Date(instant).toISOString().slice(0, 19);
}

/** The start of an answer, read in this way. */
export function gotStart({ start }: Comparable, reading: StartReading): string | undefined {
	return reading === 'clock' || reading === 'utc' ? start?.clock : seconds(start?.instant);
}

/** Results of one sort were made by the same code of the server. */
const sortOf = ({ model, isApproved }: Answered) => `${isApproved} ${'the_guid' in model}`;

/**
 * A server treats the starts of its answer alike, but a refusal may show them as they were sent, so each sort of
 * result is read in the way that finds most of them among the items.
 */
export function readStarts(
	drafts: readonly SessionDraft[],
	results: readonly Answered[],
): (result: Answered) => StartReading {
	const key = ({ name, duration }: Comparable, start: string) =>
		`${loose(name ?? '')}\0${duration}\0${start}`;
	const known = new Map<StartReading, Set<string>>();
	const sentIn = (reading: StartReading) => {
		let sent = known.get(reading);
		if (!sent) {
			sent = new Set();
			for (const draft of drafts) {
				const start = sentStart(draft, reading);
				if (start !== undefined) sent.add(key(comparableOf(draft), start));
			}
			known.set(reading, sent);
		}
		return sent;
	};
	const readings = new Map<string, StartReading>();
	for (const [sort, ofSort] of groupBy(results, sortOf)) {
		const got = ofSort.map(({ model }) => new Comparable(model));
		let most = 0;
		for (const reading of START_READINGS) {
			const found = got.filter((comparable) => {
				const start = gotStart(comparable, reading);
				return start !== undefined && sentIn(reading).has(key(comparable, start));
			}).length;
			if (found <= most) continue;
			most = found;
			readings.set(sort, reading);
			if (most === got.length) break;
		}
	}
	return (result) => readings.get(sortOf(result)) ?? 'clock';
}
