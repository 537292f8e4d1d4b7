import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../../../transport/classify';
import type { Transport } from '../../../transport/transport';
import { claim, isClaimed } from './claimedSessions';
import { Comparable, comparableOf, tidy } from '../comparable';
import { matchResults } from '../../../batch/match/matchResults';
import { approve, type Outcome } from '../../../batch/output/outcome';
import { Search, type Days, type Look } from './search';
import type { Draft } from '../session';
import { groupBy } from '../../../batch/match/lookalikes/explanation';

export interface Recovery {
	found: Map<Draft, Outcome>;
	/** For creates that stay unknown: what was found that may be theirs, one sentence each. */
	candidates: Map<Draft, string[]>;
}

/** Lost creates that are recognised by the same values, and what was found that looks like them. */
interface Kind {
	twins: Draft[];
	/** Sessions that look like these alone. */
	views: IDataObject[];
	/** Sessions that look like others, too. */
	shared: IDataObject[];
}

/** Seconds after the beginning; a slow server may still be writing. */
const LOOKS_AT = [0, 2, 6];
const DAY = 24 * 3_600_000;
const MOST_CANDIDATES = 10;

/**
 * Looks for creates whose answer was lost, with the read-only search. A session is taken only if all that was sent
 * and is echoed agrees, it was made since the request went out, by the server's own clock, no run of this process
 * has claimed it, and no more of its like are there than were lost. Any doubt leaves the item unknown.
 *
 * What this cannot tell: another process that makes the very same session in the same moment.
 */
export async function recoverCreates(
	lost: readonly Draft[],
	failure: Failure,
	transport: Transport,
): Promise<Recovery> {
	const search = new Search(transport, daysOf(lost));
	const recovery: Recovery = { found: new Map(), candidates: new Map() };
	const began = transport.now();

	for (const at of LOOKS_AT) {
		await transport.wait(Math.max(0, began + at * 1000 - transport.now()));
		const look = await search.look();
		const kinds = kindsOf(
			lost.filter((draft) => !recovery.found.has(draft)),
			look.views,
		);
		const isUnclear = (view: IDataObject) =>
			search.clock.isMadeSince(view, failure.sentAt) === 'unclear';
		if (look.isComplete && kinds.some(({ views }) => views.some(isUnclear)))
			await search.findTime();
		// From here to the claims nothing waits, so that no other run comes between.
		for (const kind of kinds) decide(kind, look, search, failure.sentAt, recovery, transport.now());
		if (recovery.found.size === lost.length || search.isUsedUp) break;
	}
	return recovery;
}

/** Wide by a day for the zones, and by one for an end that is not included. */
function daysOf(lost: readonly Draft[]): Days {
	const starts = lost.flatMap(({ start }) => (start ? [Date.parse(`${start.clock}Z`)] : []));
	const day = (at: number) => new Date(at).toISOString().slice(0, 10);
	let [first, last] = [Infinity, -Infinity];
	for (const at of starts) [first, last] = [Math.min(first, at), Math.max(last, at)];
	return { begin_date: day(first - DAY), end_date: day(last + 2 * DAY) };
}

const withoutSpaces = (text: string | undefined) => text?.replace(/\s+/gu, '').toLowerCase();

/** What a lost create is recognised by. */
function likenessKey(draft: Draft): string {
	const sent = comparableOf(draft);
	return [
		sent.name,
		draft.start?.clock,
		sent.duration,
		...['lang', 'timezone', 'tags'].map((path) => withoutSpaces(sent.values.get(path))),
	].join('\0');
}

/** Name, start and duration have to be there; language, zone and tags count where they were sent and are echoed. */
function isLike(draft: Draft, view: IDataObject): boolean {
	const [sent, got] = [comparableOf(draft), new Comparable(view)];
	const { start } = draft;
	const sameStart =
		got.start?.instant !== undefined && start?.instant !== undefined
			? Math.floor(got.start.instant / 1000) * 1000 === start.instant
			: got.start?.clock === start?.clock;
	return (
		sameStart &&
		got.name !== undefined &&
		got.name === tidy(String(draft.request.name)) &&
		got.duration === sent.duration &&
		['lang', 'timezone', 'tags'].every((path) => {
			const [was, is] = [sent.values.get(path), got.values.get(path)];
			return was === undefined || is === undefined || withoutSpaces(was) === withoutSpaces(is);
		})
	);
}

function kindsOf(missing: readonly Draft[], views: readonly IDataObject[]): Kind[] {
	const kinds = [...groupBy(missing, likenessKey).values()].map((twins): Kind => ({
		twins,
		views: [],
		shared: [],
	}));
	const byName = groupBy(kinds, ({ twins }) => tidy(String(twins[0]?.request.name)));
	for (const view of views) {
		const alike = (byName.get(new Comparable(view).name ?? '') ?? []).filter(
			({ twins }) => twins[0] && isLike(twins[0], view),
		);
		for (const kind of alike) (alike.length === 1 ? kind.views : kind.shared).push(view);
	}
	return kinds;
}

/** Takes what was found for a kind, all or nothing, and notes for the rest what may be theirs. */
function decide(
	{ twins, views, shared }: Kind,
	{ isComplete }: Look,
	{ clock }: Search,
	sentAt: number,
	{ found, candidates }: Recovery,
	now: number,
): void {
	const possible = [...views, ...shared].filter(
		(view) => !isClaimed(view) && clock.isMadeSince(view, sentAt) !== 'no',
	);
	const isSure =
		isComplete &&
		possible.length <= twins.length &&
		possible.every(
			(view) =>
				!shared.includes(view) &&
				(clock.isMadeSince(view, sentAt) === 'yes' || (clock.isClose && isDated(view))),
		);
	const taken = isSure ? matchResults(twins, possible, []).results : new Map<Draft, never>();
	for (const [draft, result] of taken) {
		if (result.kind === 'approved' && claim(result.view, now))
			found.set(draft, approve(draft, result.view, result.ambiguous, true));
	}
	const notes = possible
		.slice(0, MOST_CANDIDATES)
		.map((view) => (isClaimed(view) ? twinText(view) : candidateText(view)));
	if (notes.length === 0) return;
	for (const draft of twins) if (!found.has(draft)) candidates.set(draft, notes);
}

/** Whole seconds do not tell on which side of our request a session was made. */
function isDated({ creation_date }: IDataObject): boolean {
	return typeof creation_date === 'string' && creation_date.includes('.');
}

function candidateText(view: IDataObject): string {
	return `Perculus has a session like this one: ${String(view.session_guid)}, made at ${String(view.creation_date)}.`;
}

function twinText(view: IDataObject): string {
	return `Another item of this run looks the same to Perculus, and was given the session ${String(view.session_guid)}.`;
}
