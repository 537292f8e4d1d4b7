import type { IDataObject } from 'n8n-workflow';

import type { DraftOutcomes } from '../batch/draftOutcomes';
import type { Hint } from '../batch/hints';
import { approved, withWarnings } from '../batch/outcome';
import { isSaved, type ItemOutcome, type Run } from '../batch/types';
import { isWrongValue } from '../messages';
import { normalGuid, quote } from '../values/text';
import { viewGuid } from './compare';
import type { SessionDraft } from './draft';
import { SESSION_CATALOGUE } from './fields';
import { type Finding, findReferences } from './lookup';
import { referencesIn } from './reference';
import { inWords, MOST_CANDIDATES } from './resolve';
import type { SearchContext } from './search';
import { pastStart, startDifference } from './start';

type ReferencedDraft = SessionDraft & { reference: string };

const isReferencedCreate = (draft: SessionDraft): draft is ReferencedDraft =>
	draft.action === 'create' && draft.reference !== undefined;

/** Searches for creates whose response was lost, by their references. */
export async function recoverLost(
	drafts: readonly SessionDraft[],
	outcomes: DraftOutcomes<SessionDraft>,
	run: Run,
): Promise<void> {
	const lost = drafts.filter(isReferencedCreate).filter((draft) => outcomes.isLost(draft));
	if (lost.length === 0) return;
	const context = { ...run, plainKeys: SESSION_CATALOGUE.plainKeys };
	for (const [draft, finding] of await recoverByReference(context, lost)) {
		if (finding.kind === 'one') {
			outcomes.set(draft, { ...approved(finding.view, draft.warnings), recovered: true });
		} else {
			const candidates = finding.guids.slice(0, MOST_CANDIDATES);
			outcomes.updateNotApproved([draft], (refused) => ({ ...refused, candidates }));
		}
	}
}

/** The session of an update as the item named it. */
const nameInWords = ({ foundGuid, reference, input }: SessionDraft): string =>
	foundGuid === undefined ? `the GUID ${quote(input.session_guid)}` : inWords(reference);

/** Adds to an outcome what a person has to know: a different start, a start in the past, the session found. */
export function reviewOutcome(
	draft: SessionDraft,
	outcomes: DraftOutcomes<SessionDraft>,
	now: number,
): void {
	const outcome = outcomes.get(draft);
	if (outcome?.kind === 'approved') {
		if (outcome.view) outcomes.set(draft, withWarnings(outcome, checkSession(draft, outcome.view)));
		return;
	}
	outcomes.updateNotApproved([draft], (refused) => {
		const { foundGuid, notes, start } = draft;
		const isPast = isWrongValue(refused.code) && start && pastStart(start, now);
		return {
			...refused,
			details: [...(isPast ? [isPast] : []), ...refused.details, ...notes],
			...(foundGuid !== undefined && { candidates: refused.candidates ?? [foundGuid] }),
			...(refused.reason === 'session_not_found' && { named: nameInWords(draft) }),
		};
	});
}

/** Searches again for the references with which sessions were created: each must lead to one session. */
export async function verifyReferences(
	drafts: readonly SessionDraft[],
	outcomes: DraftOutcomes<SessionDraft>,
	run: Run,
): Promise<void> {
	const created = drafts.filter(isReferencedCreate).flatMap((draft) => {
		const outcome = outcomes.get(draft);
		const guid = outcome?.kind === 'approved' && outcome.view && viewGuid(outcome.view);
		return guid ? [{ draft, guid, reference: draft.reference }] : [];
	});
	// After a timeout or a refused connection nothing further is begun.
	if (created.length === 0 || outcomes.failure?.endsAll) return;
	const warnings = await verifyCreated(run, created);
	for (const { draft, guid } of created) {
		const warning = warnings.get(guid);
		const outcome = outcomes.get(draft);
		if (warning !== undefined && outcome?.kind === 'approved')
			outcomes.set(draft, withWarnings(outcome, [warning]));
	}
}

const NOTHING: readonly string[] = [];

/** Warnings about a saved session: it came back with another start, or without its reference. */
function checkSession({ start, reference }: SessionDraft, view: IDataObject): readonly string[] {
	const difference = start && startDifference(start, view.start_date);
	const isLost = reference !== undefined && !referencesIn(view.tags).includes(reference);
	if (!difference && !isLost) return NOTHING;
	const lost = `The session does not have the reference ${reference} in Perculus, so it will not be found by it. Map 'Tags' along with the reference to write it.`;
	return [...(difference ? [difference] : []), ...(isLost ? [lost] : [])];
}

/** Says that a zone was assumed, where a session was created with it. */
export function assumedZoneHint(
	settled: ReadonlyArray<ItemOutcome<SessionDraft>>,
	workflowZone: string,
): Hint[] {
	const isAssumed = settled.some(
		(one) => isSaved(one) && one.built.action === 'create' && one.built.start?.assumedZone === true,
	);
	if (!isAssumed) return [];
	return [
		{
			type: 'info',
			message: `Items without a time zone use the workflow's, ${workflowZone}. To choose another, set 'Default Time Zone' or map 'Time Zone'.`,
		},
	];
}

/** Seconds after sending: a slow search may not show yet what was saved. */
const SEARCHES_AT = [0, 2, 6];

/** A session that this run created with a reference. */
interface CreatedSession {
	reference: string;
	guid: string;
}

/**
 * Searches for references at once, after 2 and after 6 seconds, until all are found.
 *
 * @returns what wasn't found, and whether the last search succeeded
 */
async function searchUntilFound<T extends { reference: string }>(
	context: SearchContext,
	wanted: readonly T[],
	isFound: (one: T, finding: Finding) => boolean,
): Promise<{ missing: readonly T[]; isSearched: boolean }> {
	const { transport } = context;
	const began = transport.now();
	let missing = wanted;
	let isSearched = true;
	for (const second of SEARCHES_AT) {
		if (missing.length === 0) break;
		if (second > 0) await transport.wait(Math.max(0, began + second * 1000 - transport.now()));
		const references = missing.map(({ reference }) => reference);
		const found = await findReferences(context, references, { withRemembered: false });
		isSearched = found.failure === undefined;
		missing = missing.filter((one) => {
			const finding = found.findings.get(one.reference);
			return finding === undefined || !isFound(one, finding);
		});
		if (found.failure?.endsAll) break;
	}
	return { missing, isSearched };
}

const guidsIn = (finding: Finding): string[] =>
	finding.kind === 'one' ? [finding.guid] : finding.kind === 'several' ? finding.guids : [];

/**
 * Searches again for sessions that were created: another run may have created the same one at the same moment, and the
 * account's search may not find it the next time.
 *
 * @returns warnings, by GUID; most sessions have none
 */
export async function verifyCreated(
	context: SearchContext,
	created: readonly CreatedSession[],
): Promise<Map<string, string>> {
	const warnings = new Map<string, string>();
	const unread = new Set<CreatedSession>();
	const { missing, isSearched } = await searchUntilFound(context, created, (one, finding) => {
		const found = guidsIn(finding);
		const others = found.filter((guid) => normalGuid(guid) !== normalGuid(one.guid));
		if (others.length > 0) warnings.set(one.guid, severalText(one, others));
		if (finding.kind === 'incomplete') unread.add(one);
		return others.length < found.length;
	});
	for (const one of missing) {
		if (warnings.has(one.guid)) continue;
		const isRead = isSearched && !unread.has(one);
		warnings.set(one.guid, isRead ? missedText(one) : unreadText(one));
	}
	return warnings;
}

/**
 * Searches for creates whose response was lost. None had their reference before they were sent, so the one that has it
 * now is theirs.
 *
 * @returns what was found of each; those that weren't found aren't in it
 */
export async function recoverByReference<T extends { reference: string }>(
	context: SearchContext,
	lost: readonly T[],
): Promise<Map<T, Extract<Finding, { kind: 'one' | 'several' }>>> {
	const found = new Map<T, Extract<Finding, { kind: 'one' | 'several' }>>();
	await searchUntilFound(context, lost, (one, finding) => {
		if (finding.kind !== 'one' && finding.kind !== 'several') return false;
		found.set(one, finding);
		return true;
	});
	return found;
}

const severalText = ({ reference, guid }: CreatedSession, others: readonly string[]) =>
	`Perculus has ${others.length + 1} sessions with the reference ${reference} now: ${[guid, ...others].slice(0, MOST_CANDIDATES).join(', ')}. Keep one of them and delete the others, or the reference can't be used again.`;

const missedText = ({ reference }: CreatedSession) =>
	`The session was created, but the search of Perculus does not find it by its reference ${reference}. If it is sent again after ten minutes or from another worker, it may be created twice.`;

const unreadText = ({ reference }: CreatedSession) =>
	`The session was created, but whether it is the only one with the reference ${reference} could not be looked up. Check it in Perculus.`;
