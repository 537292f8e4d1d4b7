import type { IExecuteFunctions } from 'n8n-workflow';

import { beginRun, readItems } from '../../batch/run';
import { isDraft, type Resource, type Run } from '../../batch/draft';
import type { Outputs, Showing } from '../../batch/emit';
import { despiteCrash, orAllRejected } from '../../batch/crash';
import { approved, withWarnings } from '../../batch/outcome';
import { output, settle } from '../../batch/output';
import { lookupFailed, MOST_CANDIDATES } from '../../session/refusals';
import { Outcomes } from '../../batch/outcomes';
import { send } from '../../batch/send';
import { isWrongValue } from '../../messages';
import { rememberSession } from '../../session/memory';
import { recoverByReference, verifyCreated } from '../../session/verify';
import { buildSession } from '../../session/build';
import { PER_ITEM_OPTIONS, settingsReader } from '../../session/settings';
import { pastStart, type StartDateEncoding } from '../../session/start';
import { checkSession } from '../../session/check';
import { guidIn, SESSION_COMPARER, SESSION_IDENTITY } from '../../session/compare';
import { SESSION_CATALOGUE } from '../../session/fields';
import { assumedZoneHint } from '../../session/hints';
import { SESSION_NOUN } from '../../session/noun';
import { resolveReferences } from '../../session/resolve';
import { isUpdate, type Operation, type SessionDraft } from '../../session/session';
import { showSession } from '../../session/view';

const SESSIONS: Resource<SessionDraft> = {
	noun: SESSION_NOUN,
	catalogue: SESSION_CATALOGUE,
	identity: SESSION_IDENTITY,
	comparer: SESSION_COMPARER,
	duplicateIssue: (item) =>
		`Same 'Session GUID' as [item ${item}]. Merge both changes into one item`,
};

const UNDECIDED = { subject: { kind: 'undecided' } } as const;

/** Create, Update, and Create or Update: the same batch request. */
export async function writeSessions(context: IExecuteFunctions): Promise<Outputs> {
	return await orAllRejected(context, SESSION_NOUN, async () => {
		const run = await beginRun(context, PER_ITEM_OPTIONS);
		const { options, transport } = run;
		const operation = context.getNodeParameter('operation', 0) as Operation;
		const workflowZone = context.getTimezone();
		const readSettings = settingsReader(context, {
			operation,
			workflowZone,
			startDateEncoding: (options.startDateEncoding ?? 'wallClock') as StartDateEncoding,
			now: transport.now(),
		});
		const items = readItems(run, SESSION_CATALOGUE);
		const sent = new Outcomes<SessionDraft>(SESSIONS);
		const resolved = await resolveReferences(run, items, {
			operation,
			label: SESSION_CATALOGUE.labelOf('session_reference'),
			isSound: (item, resolution) =>
				isDraft(buildSession(item, resolution, readSettings(item.index, item.json))),
		});
		try {
			sent.failure = resolved.failure;
			const refused = resolved.failure && lookupFailed(resolved.failure);
			const built = items.map((item, place) => {
				const resolution = { ...(refused && { refused }), ...(resolved.each[place] ?? UNDECIDED) };
				return buildSession(item, resolution, readSettings(item.index, item.json));
			});
			const drafts = built.filter(isDraft);
			await send(built, SESSIONS, run, sent);
			await despiteCrash(run, async () => await recover(drafts, sent, run));
			for (const draft of drafts) review(draft, sent, transport.now());
			await despiteCrash(run, async () => await verify(drafts, sent, run));
			const settled = settle(built, sent, run);
			const show = showWith(options.simplify !== false);
			const hints = assumedZoneHint(settled, workflowZone);
			return await output(settled, sent, run, SESSIONS, show, hints);
		} finally {
			// An update writes a reference only with the tags that it sets.
			for (const { view, draft } of sent.approvals())
				rememberSession(run, view, draft ? draft.request.tags : view.tags);
			resolved.release();
		}
	});
}

type ReferencedDraft = SessionDraft & { reference: string };

const isReferencedCreate = (draft: SessionDraft): draft is ReferencedDraft =>
	!isUpdate(draft) && draft.reference !== undefined;

/** Searches for creates whose response was lost, by their references. */
async function recover(
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
			sent.amend([draft], (refused) => ({ ...refused, candidates }));
		}
	}
}

/** Adds what a person has to know of a result: another start than was meant, a start in the past, the session found. */
function review(draft: SessionDraft, sent: Outcomes<SessionDraft>, now: number): void {
	const outcome = sent.get(draft);
	if (outcome?.kind === 'approved') {
		if (outcome.view) sent.set(draft, withWarnings(outcome, checkSession(draft, outcome.view)));
		return;
	}
	sent.amend([draft], (refused) => {
		const { foundGuid, notes, start } = draft;
		const isPast = isWrongValue(refused.code) && start && pastStart(start, now);
		return {
			...refused,
			details: [...(isPast ? [isPast] : []), ...refused.details, ...notes],
			...(foundGuid !== undefined && { candidates: refused.candidates ?? [foundGuid] }),
		};
	});
}

/** Searches again for the references with which sessions were created: each must lead to one session. */
async function verify(
	drafts: readonly SessionDraft[],
	sent: Outcomes<SessionDraft>,
	run: Run,
): Promise<void> {
	const created = drafts.filter(isReferencedCreate).flatMap((draft) => {
		const outcome = sent.get(draft);
		const guid = outcome?.kind === 'approved' && outcome.view && guidIn(outcome.view);
		return guid ? [{ draft, guid, reference: draft.reference }] : [];
	});
	if (created.length === 0) return;
	const warnings = await verifyCreated(run, created);
	for (const { draft, guid } of created) {
		const warning = warnings.get(guid);
		const outcome = sent.get(draft);
		if (warning !== undefined && outcome?.kind === 'approved')
			sent.set(draft, withWarnings(outcome, [warning]));
	}
}

const showWith =
	(isSimplified: boolean): Showing<SessionDraft>['show'] =>
	(item, view, { foundGuid, input }) => {
		if (view) showSession(item, view, isSimplified);
		else Object.assign(item, foundGuid !== undefined && { session_guid: foundGuid }, input);
	};
