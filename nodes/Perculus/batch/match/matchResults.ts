import type { IDataObject } from 'n8n-workflow';

import { isObject, type RejectedResult } from '../../transport/batchBody';
import {
	Comparable,
	comparableOf,
	loose,
	type ComparableValues,
} from '../../resources/session/comparable';
import { matchPlainly } from './matchPlainly';
import type { Draft } from '../../resources/session/session';
import {
	readStarts,
	splitByStart,
	answeredValues,
	sentValues,
	type Readable,
	type StartReading,
} from '../../resources/session/compare';
import { groupBy, Lookalikes, type GotHalf, type SentHalf } from './lookalikes/explanation';

/** A result that belongs to an item. `ambiguous`: it could as well belong to another item that looks the same. */
export type Result =
	| { kind: 'approved'; view: IDataObject; ambiguous: boolean }
	| { kind: 'rejected'; code: number | null; details: string[]; ambiguous: boolean };

export interface Matched {
	results: Map<Draft, Result>;
	/** Items that the answer has no result for. */
	missing: Draft[];
	/** Results that fit no item: the approved session's view, or the refusal. */
	unmatched: Result[];
}

/** Most are paired by name alone: all else is read when it is needed, and once. */
class Sent implements SentHalf {
	private known: ComparableValues | undefined;

	constructor(readonly draft: Draft) {}

	get told(): ComparableValues {
		return (this.known ??= sentValues(this.draft));
	}
}

class Got implements GotHalf, Readable {
	reading: StartReading = 'clock';
	readonly guid: string | undefined;
	readonly name: string | undefined;
	private known: ComparableValues | undefined;

	constructor(
		readonly result: Result,
		readonly comparable: Comparable,
	) {
		this.guid = comparable.guid;
		this.name = comparable.name;
	}

	get sort(): string {
		return `${this.result.kind} ${this.comparable.isEntity}`;
	}

	get told(): ComparableValues {
		return (this.known ??= answeredValues(this.comparable, this.reading));
	}

	/** All that a person reads of it, but for a GUID. */
	get outcomeKey(): string {
		const { result } = this;
		return result.kind === 'approved' ? '' : JSON.stringify([result.code, result.details]);
	}

	/** A refusal that tells nothing about its session. */
	get isNameless(): boolean {
		return this.result.kind === 'rejected' && this.name === undefined && this.guid === undefined;
	}
}

type Paired = (draft: Draft, got: Got, ambiguous: boolean) => void;

/**
 * Pairs results with items. The API returns no index and no order, so updates are paired by GUID, and creates by
 * what was sent and is echoed: as it was sent, then tidied (spaces, Unicode form), then by elimination where one
 * result faces one item. Linear in the number of items.
 */
export function matchResults(
	drafts: readonly Draft[],
	approved: readonly unknown[],
	rejected: readonly RejectedResult[],
): Matched {
	return matchPlainly(drafts, approved, rejected) ?? matchByAll(drafts, approved, rejected);
}

function matchByAll(
	drafts: readonly Draft[],
	approved: readonly unknown[],
	rejected: readonly RejectedResult[],
): Matched {
	const results = new Map<Draft, Result>();
	const got = readResults(approved, rejected);
	const used = new Set<Got>();
	const pair: Paired = (draft, half, ambiguous) => {
		results.set(draft, ambiguous ? { ...half.result, ambiguous } : half.result);
		used.add(half);
	};
	const isLeft = (draft: Draft) => !results.has(draft);

	const unclaimed = pairByGuid(drafts, got, pair);
	const twins = pairByName(drafts.filter(isLeft), unclaimed, pair);
	const inTwins = new Set(twins.flatMap(({ sent }) => sent.map(({ draft }) => draft)));
	const left = drafts.filter((draft) => isLeft(draft) && !inTwins.has(draft));
	pairNameless(left, twins, unclaimed, pair);
	for (const group of twins)
		for (const { sent, got: half, ambiguous } of group.pairs()) pair(sent.draft, half, ambiguous);

	return {
		results,
		missing: drafts.filter(isLeft),
		unmatched: got.filter((half) => !used.has(half)).map(({ result }) => result),
	};
}

function readResults(approved: readonly unknown[], rejected: readonly RejectedResult[]): Got[] {
	return [
		...approved.map((entry) => {
			const view = isObject(entry) ? entry : {};
			return new Got({ kind: 'approved', view, ambiguous: false }, new Comparable(view));
		}),
		...rejected.map(
			({ model, code, details }) =>
				new Got({ kind: 'rejected', code, details, ambiguous: false }, new Comparable(model ?? {})),
		),
	];
}

/**
 * Pairs updates, and returns the results that may be creates'. A session is given to one item only, even if the
 * answer has it twice; an update of which the answer says two things is marked.
 */
function pairByGuid(drafts: readonly Draft[], got: readonly Got[], pair: Paired): Got[] {
	const updates = new Map(
		drafts.flatMap((draft) => (draft.guid === undefined ? [] : [[draft.guid, draft] as const])),
	);
	const approved = new Set<string>();
	const paired = new Map<string, Got>();
	return got.filter((half) => {
		const { guid, result } = half;
		if (guid === undefined) return true;
		const draft = updates.get(guid);
		if (!draft) {
			const isNew = !approved.has(guid);
			if (result.kind === 'approved') approved.add(guid);
			return isNew || result.kind === 'rejected';
		}
		const first = paired.get(guid);
		if (!first) pair(draft, half, false);
		else if (first.outcomeKey !== half.outcomeKey) pair(draft, first, true);
		paired.set(guid, first ?? half);
		return false;
	});
}

/** Whatever the server may have made of a name, it is still in this. */
const nameKey = (name: string | undefined) => loose(name ?? '');

/** Pairs creates that have their name, or name and start, for themselves; returns the others, to be paired by all else. */
function pairByName(
	drafts: readonly Draft[],
	got: readonly Got[],
	pair: Paired,
): Array<Lookalikes<Sent, Got>> {
	const creates = drafts.flatMap((draft) => (draft.guid === undefined ? [new Sent(draft)] : []));
	const named = got.filter(({ name }) => name !== undefined);
	const gotBy = groupBy(named, ({ name }) => nameKey(name));
	// One facing one is certain.
	const pairOrKeep = (sent: Sent[], alike: Got[]) => {
		const [one, half] = [sent[0], alike[0]];
		if (!one || !half) return false;
		if (sent.length > 1 || alike.length > 1) return true;
		pair(one.draft, half, false);
		return false;
	};
	const sentBy = groupBy(creates, ({ draft }) => nameKey(comparableOf(draft).name));
	const groups = [...sentBy].map(([name, sent]) => [sent, gotBy.get(name) ?? []] as const);
	const kept = groups.filter((group) => pairOrKeep(...group));
	if (kept.length > 0) readStarts(creates, named);
	return kept
		.flatMap(([sent, alike]) => splitByStart(sent, alike))
		.filter((group) => pairOrKeep(...group))
		.map((group) => new Lookalikes(...group));
}

/**
 * Refusals that say nothing about their session (`model: null`) belong to the items that are left, if there are as
 * many of both: each of them was refused then, and only the words may be another's.
 */
function pairNameless(
	left: readonly Draft[],
	twins: ReadonlyArray<Lookalikes<Sent, Got>>,
	got: readonly Got[],
	pair: Paired,
): void {
	// An approval that does not tell whose it is may belong to any of them.
	if (got.some(({ result, name, guid }) => result.kind === 'approved' && !name && !guid)) return;
	const nameless = got.filter(({ isNameless }) => isNameless);
	const missing = twins.reduce((sum, group) => sum + group.missing, left.length);
	if (nameless.length === 0 || nameless.length !== missing) return;
	const isMixed = nameless.some(({ outcomeKey }) => outcomeKey !== nameless[0]?.outcomeKey);
	let next = 0;
	for (const draft of left) pair(draft, nameless[next++] as Got, isMixed);
	for (const group of twins) {
		const { missing: count } = group;
		if (count > 0) group.fillUp(nameless.slice(next, next + count), isMixed);
		next += count;
	}
}
