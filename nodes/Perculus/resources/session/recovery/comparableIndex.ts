import type { IDataObject } from 'n8n-workflow';

import { tidy } from '../../../values/tidy';
import { Comparable, comparableOf } from '../compare/comparable';
import { SESSION_FIELDS } from '../fields';
import type { SessionDraft } from '../session';

/** These count where they were sent and are echoed; name, start and duration have to be there. */
const OPTIONAL = SESSION_FIELDS.flatMap(({ id, recognised }) => (recognised ? [id] : []));
/** Each way to leave some of them out. */
const SELECTIONS = Array.from({ length: 2 ** OPTIONAL.length }, (_, bits) =>
	OPTIONAL.map((__, i) => (bits & (2 ** i)) > 0),
);

type Optional = ReadonlyArray<string | undefined>;

const withoutSpaces = (text: string | undefined) => text?.replace(/\s+/gu, '').toLowerCase();

const optionalOf = ({ values }: Comparable): Optional =>
	OPTIONAL.map((path) => withoutSpaces(values.get(path)));

/** What a lost create is recognised by: creates with the same are found together. */
export function comparableKey(draft: SessionDraft): string {
	const sent = comparableOf(draft);
	return [sent.name, draft.start?.clock, sent.duration, ...optionalOf(sent)].join('\0');
}

/** The starts by which a session may find a create. */
function startsOf({ start }: SessionDraft): string[] {
	return start?.instant === undefined
		? [`clock alone ${start?.clock}`, `clock ${start?.clock}`]
		: [`instant ${start.instant}`, `clock ${start.clock}`];
}

/** @param sent which of the optional fields the create has; the shared ones are those that the session tells, too */
function keyOf(
	name: string,
	duration: string,
	start: string,
	sent: readonly boolean[],
	shared: readonly boolean[],
	optional: Optional,
): string {
	const values = optional.map((value, i) => (shared[i] ? value : undefined));
	return JSON.stringify([name, duration, start, sent, values]);
}

/** Creates that a session may be alike, as far as it tells. */
export type Bucket<Entry> = Entry[];

/**
 * Finds the creates that a session looks like, without going through all of them: name, start (the instant where both
 * tell it, else the digits on the clock) and duration are the same, and so are language, zone and tags where they were
 * sent and are echoed.
 */
export class ComparableIndex<Entry> {
	private readonly buckets = new Map<string, Bucket<Entry>>();

	/** @returns the buckets in which a session can find the entry */
	add(draft: SessionDraft, entry: Entry): Array<Bucket<Entry>> {
		const sent = comparableOf(draft);
		const optional = optionalOf(sent);
		const own = optional.map((value) => value !== undefined);
		const name = tidy(String(draft.request.name));
		return startsOf(draft).flatMap((start) =>
			SELECTIONS.filter((selection) => selection.every((isIn, i) => !isIn || own[i])).map(
				(shared) => {
					const key = keyOf(name, sent.duration, start, own, shared, optional);
					const bucket = this.buckets.get(key) ?? [];
					this.buckets.set(key, bucket);
					bucket.push(entry);
					return bucket;
				},
			),
		);
	}

	/** The buckets of entries that a session looks like; no entry is in two of them. */
	find(view: IDataObject): Array<Bucket<Entry>> {
		const got = new Comparable(view);
		const { name, start, duration } = got;
		if (name === undefined || start === undefined) return [];
		const optional = optionalOf(got);
		const starts =
			start.instant === undefined
				? [`clock ${start.clock}`]
				: [`instant ${Math.floor(start.instant / 1000) * 1000}`, `clock alone ${start.clock}`];
		return starts.flatMap((at) =>
			SELECTIONS.flatMap((sent) => {
				const shared = sent.map((isSent, i) => isSent && optional[i] !== undefined);
				const bucket = this.buckets.get(keyOf(name, duration, at, sent, shared, optional));
				return bucket ? [bucket] : [];
			}),
		);
	}
}
