import type { IDataObject } from 'n8n-workflow';

import { isObject, type RejectedResult } from '../transport/body';
import { Likeness, likenessOf } from './echo';
import type { Draft } from './session';
import { groupBy, pairTwins, type Half } from './twins';

/** A result that belongs to an item. `ambiguous`: it could as well belong to another item that looks the same. */
export type Result =
	| { kind: 'approved'; view: IDataObject; ambiguous: boolean }
	| { kind: 'rejected'; code: number | null; details: string[]; ambiguous: boolean };

export interface Matched {
	results: Map<Draft, Result>;
	/** Items that the answer has no result for. */
	missing: Draft[];
	/** Results that fit no item: the approved session's view, or the refusal. */
	strangers: Result[];
}

interface Sent extends Half {
	draft: Draft;
}

interface Got extends Half {
	result: Result;
	/** The model tells nothing about the session. */
	nameless: boolean;
}

const fateOf = ({ result }: Got) => result.kind;

/** 'Weekly Café' and 'weekly cafe ☕' are one: what is left when a server strips what it does not like. */
function loose(name: string): string {
	return name
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}

/** Ways to tell which sent session a result may be, from the surest; each gives a key or, where nothing is told, undefined. */
type KeyOf = (likeness: Likeness) => string | undefined;

const keyed = (name: string | undefined, start: string | number | undefined, likeness: Likeness) =>
	name === undefined || start === undefined ? undefined : `${name}\0${start}\0${likeness.duration}`;

const byClock: KeyOf = (likeness) => keyed(likeness.name, likeness.start?.clock, likeness);
/** A server that converts dates shows other digits for the same instant. */
const byInstant: KeyOf = (likeness) => keyed(likeness.name, likeness.start?.instant, likeness);
const byLooseName: KeyOf = (likeness) =>
	keyed(
		likeness.name === undefined ? undefined : loose(likeness.name),
		likeness.start?.clock,
		likeness,
	);
const byName: KeyOf = (likeness) => keyed(likeness.name, '', likeness);

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
	const results = new Map<Draft, Result>();
	let got = pairByGuid(drafts, readResults(approved, rejected), results);

	for (const keyOf of [byClock, byInstant, byLooseName, byName]) {
		const sent = drafts
			.filter((draft) => draft.guid === undefined && !results.has(draft))
			.map((draft): Sent => ({ draft, likeness: likenessOf(draft) }));
		if (sent.length === 0 || got.length === 0) break;
		const isSure = keyOf === byClock || keyOf === byInstant;
		got = pairByKey(sent, got, keyOf, isSure, results);
	}

	got = pairNameless(
		drafts.filter((draft) => !results.has(draft)),
		got,
		results,
	);
	return {
		results,
		missing: drafts.filter((draft) => !results.has(draft)),
		strangers: got.map(({ result }) => result),
	};
}

function readResults(approved: readonly unknown[], rejected: readonly RejectedResult[]): Got[] {
	const read = (model: IDataObject | null, result: Result): Got => {
		const likeness = new Likeness(model ?? {});
		return {
			result,
			likeness,
			nameless: likeness.name === undefined && likeness.guid === undefined,
		};
	};
	return [
		...approved.map((view) =>
			read(isObject(view) ? view : null, {
				kind: 'approved',
				view: isObject(view) ? view : {},
				ambiguous: false,
			}),
		),
		...rejected.map(({ model, code, details }) =>
			read(model, { kind: 'rejected', code, details, ambiguous: false }),
		),
	];
}

/** Pairs updates, and returns the results that are left. */
function pairByGuid(
	drafts: readonly Draft[],
	got: readonly Got[],
	results: Map<Draft, Result>,
): Got[] {
	const updates = new Map(
		drafts.flatMap((draft) => (draft.guid === undefined ? [] : [[draft.guid, draft] as const])),
	);
	return got.filter(({ likeness, result }) => {
		const draft = likeness.guid === undefined ? undefined : updates.get(likeness.guid);
		if (!draft || results.has(draft)) return true;
		results.set(draft, result);
		return false;
	});
}

/** Pairs within the groups of a key, and returns the results that are left. Where the key is not sure, only one facing one counts. */
function pairByKey(
	sent: readonly Sent[],
	got: readonly Got[],
	keyOf: KeyOf,
	isSure: boolean,
	results: Map<Draft, Result>,
): Got[] {
	const NONE = '';
	const sentBy = groupBy(sent, ({ likeness }) => keyOf(likeness) ?? NONE);
	const used = new Set<Got>();
	for (const [key, group] of groupBy(got, ({ likeness }) => keyOf(likeness) ?? NONE)) {
		const alike = sentBy.get(key);
		if (key === NONE || !alike || (!isSure && (alike.length > 1 || group.length > 1))) continue;
		for (const pair of pairTwins(alike, group, fateOf)) {
			results.set(pair.sent.draft, { ...pair.got.result, ambiguous: pair.ambiguous });
			used.add(pair.got);
		}
	}
	return got.filter((half) => !used.has(half));
}

/**
 * Results that say nothing about their session (a refusal with `model: null`) belong to the items that are left, if
 * there are as many of both: each of them was refused then, and only the words may be another's.
 */
function pairNameless(
	left: readonly Draft[],
	got: readonly Got[],
	results: Map<Draft, Result>,
): Got[] {
	const nameless = got.filter((half) => half.nameless && half.result.kind === 'rejected');
	if (nameless.length === 0 || nameless.length !== left.length || nameless.length !== got.length)
		return [...got];
	const words = new Set(nameless.map(({ result }) => JSON.stringify(result)));
	left.forEach((draft, i) => {
		results.set(draft, { ...(nameless[i] as Got).result, ambiguous: words.size > 1 });
	});
	return [];
}
