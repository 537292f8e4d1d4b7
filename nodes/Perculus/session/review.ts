import type { IDataObject } from 'n8n-workflow';

import { isSaved, type Run, type ItemOutcome } from '../batch/draft';
import type { Hint } from '../batch/hints';
import { approved, withWarnings } from '../batch/outcome';
import type { Outcomes } from '../batch/outcomes';
import { isWrongValue } from '../messages';
import { quote } from '../values/text';
import { viewGuid } from './compare';
import { isUpdate, type SessionDraft } from './draft';
import { SESSION_CATALOGUE } from './fields';
import { referencesIn } from './reference';
import { inWords, MOST_CANDIDATES } from './refusals';
import { pastStart, startDifference } from './start';
import { recoverByReference, verifyCreated } from './verify';

type ReferencedDraft = SessionDraft & { reference: string };

const isReferencedCreate = (draft: SessionDraft): draft is ReferencedDraft =>
	!isUpdate(draft) && draft.reference !== undefined;

/** Searches for creates whose response was lost, by their references. */
export async function recoverLost(
	drafts: readonly SessionDraft[],
	sent: Outcomes<SessionDraft>,
	run: Run,
): Promise<void> {
	const lost = drafts.filter(isReferencedCreate).filter((draft) => sent.isLost(draft));
	if (lost.length === 0) return;
	const context = { ...run, plainKeys: SESSION_CATALOGUE.plainKeys };
	for (const [draft, finding] of await recoverByReference(context, lost)) {
		if (finding.kind === 'one') {
			sent.set(draft, { ...approved(finding.view, draft.warnings), recovered: true });
		} else {
			const candidates = finding.guids.slice(0, MOST_CANDIDATES);
			sent.updateRejected([draft], (refused) => ({ ...refused, candidates }));
		}
	}
}

/** The session of an update as the item named it. */
const nameInWords = ({ foundGuid, reference, input }: SessionDraft): string =>
	foundGuid === undefined ? `the GUID ${quote(input.session_guid)}` : inWords(reference);

/** Adds to an outcome what a person has to know: a different start, a start in the past, the session found. */
export function reviewOutcome(
	draft: SessionDraft,
	sent: Outcomes<SessionDraft>,
	now: number,
): void {
	const outcome = sent.get(draft);
	if (outcome?.kind === 'approved') {
		if (outcome.view) sent.set(draft, withWarnings(outcome, checkSession(draft, outcome.view)));
		return;
	}
	sent.updateRejected([draft], (refused) => {
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
	sent: Outcomes<SessionDraft>,
	run: Run,
): Promise<void> {
	const created = drafts.filter(isReferencedCreate).flatMap((draft) => {
		const outcome = sent.get(draft);
		const guid = outcome?.kind === 'approved' && outcome.view && viewGuid(outcome.view);
		return guid ? [{ draft, guid, reference: draft.reference }] : [];
	});
	// After a timeout or a refused connection nothing further is begun.
	if (created.length === 0 || sent.failure?.endsAll) return;
	const warnings = await verifyCreated(run, created);
	for (const { draft, guid } of created) {
		const warning = warnings.get(guid);
		const outcome = sent.get(draft);
		if (warning !== undefined && outcome?.kind === 'approved')
			sent.set(draft, withWarnings(outcome, [warning]));
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
		(one) => isSaved(one) && !isUpdate(one.built) && one.built.start?.assumedZone === true,
	);
	if (!isAssumed) return [];
	return [
		{
			type: 'info',
			message: `Items without a time zone use the workflow's, ${workflowZone}. To choose another, set 'Default Time Zone' or map 'Time Zone'.`,
		},
	];
}
