import type { IExecuteFunctions } from 'n8n-workflow';

import {
	isDraft,
	isSaved,
	type BatchOperation,
	type ReadItem,
	type Recovery,
	type Resolution,
	type Resource,
	type Run,
	type Settled,
} from '../../batch/contract';
import type { Outputs } from '../../batch/output/emit';
import { approved } from '../../batch/output/outcome';
import type { Catalogue } from '../../batch/read/catalogue';
import { runBatch } from '../../batch/run';
import { MOST_CANDIDATES } from '../../batch/resolve/refusals';
import { rememberSession } from '../../lookup/memory';
import { recoverByReference, verifyCreated } from '../../lookup/verify';
import { buildSession } from './build/build';
import { toInput } from './build/inputForm';
import { PER_ITEM_OPTIONS, settingsReader } from './build/settings';
import { pastStart, type StartDateEncoding } from './build/start';
import { checkSession } from './check';
import { sessionRules } from './compare/compare';
import { guidIn, SESSION_IDENTITY } from './compare/identity';
import { SESSION_CATALOGUE } from './fields';
import { assumedZoneHint } from './hints';
import { SESSION_NOUN } from './noun';
import { resolveReferences } from './references/resolve';
import { isUpdate, type Operation, type SessionDraft } from './session';
import { showSession } from './view';

/** The outcome of an approved item in a word. */
const OUTCOMES = {
	saved: { create: 'created', update: 'updated' },
	checked: { create: 'would_create', update: 'would_update' },
};

type ReferencedDraft = SessionDraft & { reference: string };

const hasReference = (draft: SessionDraft): draft is ReferencedDraft =>
	draft.reference !== undefined;

/** The sessions that were created with a reference. */
function createdIn(settled: ReadonlyArray<Settled<SessionDraft>>) {
	return settled.filter(isSaved).flatMap(({ built: draft, outcome }) => {
		const guid = guidIn(outcome.view);
		if (isUpdate(draft) || !hasReference(draft) || guid === undefined) return [];
		return { draft, reference: draft.reference, guid };
	});
}

/** Create, Update, and Create or Update: the same batch request. */
export async function writeSessions(context: IExecuteFunctions): Promise<Outputs> {
	return await runBatch(context, sessionWrites(SESSION_CATALOGUE));
}

/** @param catalogue the fields of a session */
export const sessionWrites = (catalogue: Catalogue): BatchOperation<SessionDraft> => ({
	noun: SESSION_NOUN,
	perItemOptions: PER_ITEM_OPTIONS,
	open: (run) => openSessions(run, catalogue),
});

function openSessions(run: Run, catalogue: Catalogue): Resource<SessionDraft> {
	const { context, options } = run;
	const operation = context.getNodeParameter('operation', 0) as Operation;
	const workflowZone = context.getTimezone();
	const startDateEncoding = (options.startDateEncoding ?? 'wallClock') as StartDateEncoding;
	const readSettings = settingsReader(context, { operation, workflowZone, startDateEncoding });
	const isSimplified = options.simplify !== false;

	const build = (item: ReadItem, resolution: Resolution) =>
		buildSession(item, resolution, readSettings(item.index, item.json), catalogue);
	const { plainKeys } = catalogue;
	let release = () => {};

	return {
		noun: SESSION_NOUN,
		catalogue,
		async resolve(items) {
			const resolved = await resolveReferences(run, items, {
				operation,
				label: catalogue.labelOf('session_reference'),
				isSound: (item, resolution) => isDraft(build(item, resolution)),
			});
			({ release } = resolved);
			return resolved;
		},
		build,
		toInput: (draft) => toInput(draft, catalogue),

		endpoint: () => '/session/batch',
		keys: ({ guid }) => (guid === undefined ? [] : [guid]),
		keyIssue: (_, item) =>
			`Session GUID is that of [item ${item}], too; one request can change a session only once, so put both changes into one item`,
		isRepeatable: isUpdate,
		isSafeToRunAgain: (draft) => isUpdate(draft) || draft.reference !== undefined,

		matchRules: sessionRules(catalogue),
		show: (item, view) => showSession(item, view, catalogue, isSimplified),
		check: checkSession,
		explain: ({ start }, now) => start && pastStart(start, now),
		outcomeOf: (draft, isDryRun) =>
			OUTCOMES[isDryRun ? 'checked' : 'saved'][isUpdate(draft) ? 'update' : 'create'],
		identity: SESSION_IDENTITY,

		noteApproved(view, draft) {
			// An update writes the reference only with the tags that it sets.
			rememberSession(run, view, draft ? draft.request.tags : view.tags);
		},
		async recover(lost, transport) {
			const recovery: Recovery<SessionDraft> = { found: new Map(), candidates: new Map() };
			const context = { ...run, transport, plainKeys };
			for (const [draft, finding] of await recoverByReference(context, lost.filter(hasReference))) {
				if (finding.kind === 'several') {
					const guids = finding.guids.slice(0, MOST_CANDIDATES);
					recovery.candidates.set(draft, { guids, details: [] });
					continue;
				}
				const { view } = finding;
				rememberSession(run, view, draft.request.tags);
				const outcome = approved(view, draft.warnings, checkSession(draft, view));
				recovery.found.set(draft, { ...outcome, recovered: true });
			}
			return recovery;
		},
		async lookAgain(settled) {
			const created = createdIn(settled);
			const warnings = await verifyCreated(run, created);
			return new Map(
				created.flatMap(({ draft, guid }) => {
					const warning = warnings.get(guid);
					return warning === undefined ? [] : [[draft, warning] as const];
				}),
			);
		},
		hints: (settled) => assumedZoneHint(settled, workflowZone),
		close: () => release(),
	};
}
