import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../../../transport/reply';
import { lookUntil } from '../../../transport/lookUntil';
import type { Transport } from '../../../transport/transport';
import { matchResults } from '../../../batch/match/matchResults';
import type { Recovery } from '../../../batch/contract';
import { MOST_CANDIDATES } from '../../../batch/resolve/refusals';
import { approved, type Approved } from '../../../batch/output/outcome';
import { pairingNotes } from '../../../batch/output/sentences/pairingNotes';
import { DAY } from '../../../values/dates/parsedDate';
import { checkSession } from '../check';
import { SESSION_RULES } from '../compare/compare';
import { SESSION_NOUN } from '../noun';
import type { SessionDraft } from '../session';
import { claim, isClaimed } from './claimedSessions';
import { Finds, type Kind } from './finds';
import { createsInFlight, noteLost } from './inFlight';
import { ComparableIndex } from './comparableIndex';
import { Search, type Days } from './search';

/**
 * Looks for creates whose answer was lost, with the read-only search. A session is taken only if all that was sent
 * and is echoed agrees, it was made since the request went out, by the server's own clock, no run of this process
 * has claimed it or has its like on the way, and no more of its like are there than were lost. Any doubt leaves the
 * item unknown.
 *
 * What this cannot tell: another process that makes the very same session in the same moment.
 *
 * @param account tells accounts apart, as the other runs of this process do
 */
export async function recoverCreates(
	lost: readonly SessionDraft[],
	failure: Failure,
	transport: Transport,
	account: string,
): Promise<Recovery<SessionDraft>> {
	noteLost(lost);
	const search = new Search(transport, daysOf(lost));
	const recovery: Recovery<SessionDraft> = { found: new Map(), candidates: new Map() };

	await lookUntil(transport, async () => {
		const { views, isComplete } = await search.look();
		const isMade = (view: IDataObject) => search.clock.isMadeSince(view, failure.sentAt);
		const missing = lost.filter((draft) => !recovery.found.has(draft));
		const finds = new Finds(missing, views);
		if (isComplete && finds.someOwn((view) => isMade(view) === 'unclear')) await search.findTime();
		// From here to the claims nothing waits, so that no other run comes between.
		finds.keep((view) => !isClaimed(view) && isMade(view) !== 'no');
		const isOnItsWay = inOtherRuns(account);
		const isCertain = (view: IDataObject) =>
			isComplete &&
			!isOnItsWay(view) &&
			(isMade(view) === 'yes' || (search.clock.isClose && isDated(view)));
		for (const kind of finds.kinds) decide(kind, isCertain, recovery, transport.now());
		return recovery.found.size === lost.length || search.isUsedUp;
	});
	return recovery;
}

/** Wide by a day for the zones, and by one for an end that is not included. */
function daysOf(lost: readonly SessionDraft[]): Days {
	const starts = lost.flatMap(({ start }) => (start ? [Date.parse(`${start.clock}Z`)] : []));
	const day = (at: number) => new Date(at).toISOString().slice(0, 10);
	let [first, last] = [Infinity, -Infinity];
	for (const at of starts) [first, last] = [Math.min(first, at), Math.max(last, at)];
	return { begin_date: day(first - DAY), end_date: day(last + 2 * DAY) };
}

/** Whether a session may be one that another run of this process has on its way. */
function inOtherRuns(account: string): (view: IDataObject) => boolean {
	const creates = createsInFlight(account);
	const index = new ComparableIndex<SessionDraft>();
	for (const draft of creates) index.add(draft, draft);
	return (view) => index.find(view).length > 0;
}

/** Takes what was found for a kind, all or nothing, and notes for the rest what may be theirs. */
function decide(
	kind: Kind,
	isCertain: (view: IDataObject) => boolean,
	{ found, candidates }: Recovery<SessionDraft>,
	now: number,
): void {
	const { drafts, views } = kind;
	const shared = kind.shared();
	const isSure = shared.length === 0 && views.length <= drafts.length && views.every(isCertain);
	if (isSure) {
		const { results } = matchResults(drafts, views, [], SESSION_RULES);
		drafts.forEach((draft, place) => {
			const result = results[place];
			if (result?.kind === 'approved' && claim(result.view, now))
				found.set(draft, recovered(draft, result.view, pairingNotes(result, SESSION_NOUN)));
		});
	}
	const possible = [...views, ...shared].slice(0, MOST_CANDIDATES);
	if (possible.length === 0) return;
	const details = possible.map((view) => (isClaimed(view) ? lookalikeNote(view) : note(view)));
	const guids = possible.map(writtenGuid);
	for (const draft of drafts) if (!found.has(draft)) candidates.set(draft, { guids, details });
}

const recovered = (draft: SessionDraft, view: IDataObject, notes: readonly string[]): Approved => ({
	...approved(view, draft.warnings, checkSession(draft, view), notes),
	recovered: true,
});

/** Whole seconds do not tell on which side of our request a session was made. */
function isDated({ creation_date }: IDataObject): boolean {
	return typeof creation_date === 'string' && creation_date.includes('.');
}

const writtenGuid = (view: IDataObject) => String(view.session_guid ?? view.the_guid);

function note(view: IDataObject): string {
	return `Perculus has a session like this one: ${writtenGuid(view)}, made at ${String(view.creation_date)}.`;
}

function lookalikeNote(view: IDataObject): string {
	return `Another item of this run looks the same to Perculus, and was given the session ${writtenGuid(view)}.`;
}
