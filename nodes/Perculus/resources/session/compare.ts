import { comparableOf, loose, type Comparable, type ComparableValues } from './comparable';
import type { Draft } from './session';
import { groupBy } from '../../batch/match/lookalikes/equal';

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
export function sentStart(draft: Draft, reading: StartReading): string | undefined {
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

/** A result whose start is to be read in one of the ways. */
export interface Readable {
	comparable: Comparable;
	reading: StartReading;
	/** Results of one sort were made by the same code of the server. */
	sort: string;
}

/**
 * A server treats the starts of its answer alike, but a refusal may show them as they were sent, so each sort of
 * result is read in the way that finds most of them among the items.
 */
export function readStarts(
	creates: ReadonlyArray<{ draft: Draft }>,
	got: readonly Readable[],
): void {
	const key = ({ name, duration }: Comparable, start: string) =>
		`${loose(name ?? '')}\0${duration}\0${start}`;
	const known = new Map<StartReading, Set<string>>();
	const sentIn = (reading: StartReading) => {
		let sent = known.get(reading);
		if (!sent) {
			sent = new Set();
			for (const { draft } of creates) {
				const start = sentStart(draft, reading);
				if (start !== undefined) sent.add(key(comparableOf(draft), start));
			}
			known.set(reading, sent);
		}
		return sent;
	};
	for (const sort of groupBy(got, (half) => half.sort).values()) {
		let most = 0;
		for (const reading of START_READINGS) {
			const found = sort.filter(({ comparable }) => {
				const start = gotStart(comparable, reading);
				return start !== undefined && sentIn(reading).has(key(comparable, start));
			}).length;
			if (found <= most) continue;
			most = found;
			for (const half of sort) half.reading = reading;
			if (most === sort.length) break;
		}
	}
}

/**
 * Splits items and results of one name by start and duration, where that divides both in equal numbers: the weekly
 * lessons of a year are then no longer alike.
 */
export function splitByStart<Sent extends { draft: Draft }, Got extends Readable>(
	sent: Sent[],
	got: Got[],
): Array<[Sent[], Got[]]> {
	if (sent.length !== got.length || got.some(({ reading }) => reading !== 'clock'))
		return [[sent, got]];
	const key = ({ start, duration }: Comparable) => `${start?.clock} ${duration}`;
	const gotBy = groupBy(got, ({ comparable }) => key(comparable));
	const pieces = [...groupBy(sent, ({ draft }) => key(comparableOf(draft)))].map(
		([start, piece]): [Sent[], Got[]] => [piece, gotBy.get(start) ?? []],
	);
	return pieces.every(([items, results]) => items.length === results.length)
		? pieces
		: [[sent, got]];
}

/** Language, zone and options are filled in by the server where they were not sent; these are never made up. */
const NEVER_FILLED_IN = ['tags', 'description'];

/** All that an item tells, for comparing with `toldByAnswer`. */
export function sentValues(draft: Draft): ComparableValues {
	const told = comparableOf(draft).told();
	for (const field of NEVER_FILLED_IN) if (!told.has(field)) told.set(field, null);
	for (const reading of START_READINGS) {
		const start = sentStart(draft, reading);
		if (start !== undefined) told.set(`start.${reading}`, start);
	}
	return told;
}

/** All that a result tells; a description that is missing from it may have been sent all the same. */
export function answeredValues(comparable: Comparable, reading: StartReading): ComparableValues {
	const told = comparable.told();
	if (told.get('description') === null) told.delete('description');
	const start = gotStart(comparable, reading);
	if (start !== undefined) told.set(`start.${reading}`, start);
	return told;
}
