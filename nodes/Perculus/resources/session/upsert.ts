import type { IExecuteFunctions } from 'n8n-workflow';

import {
	isDraft,
	isSaved,
	type BatchOperation,
	type ReadItem,
	type Resolution,
	type Resource,
	type Run,
	type Settled,
} from '../../batch/contract';
import type { Outputs } from '../../batch/output/emit';
import { approved } from '../../batch/output/outcome';
import type { Catalogue } from '../../batch/read/catalogue';
import { runBatch } from '../../batch/run';
import { referencesIn } from '../../lookup/reference';
import type { MadeSession } from '../../lookup/secondLook';
import { buildSession } from './build/build';
import { toInput } from './build/inputForm';
import { pastStart } from './build/pastStart';
import { PER_ITEM_OPTIONS, settingsReader } from './build/settings';
import type { StartDateEncoding } from './build/start';
import { checkSession } from './check';
import { sessionRules } from './compare/compare';
import { guidIn, SESSION_IDENTITY } from './compare/identity';
import { SESSION_CATALOGUE } from './fields';
import { assumedZoneHint } from './hints';
import { SESSION_NOUN } from './noun';
import { ReferenceLookup } from './references/lookup';
import { hasReference, recoverByReference } from './references/recover';
import { isUpdate, type Operation, type SessionDraft } from './session';
import { showSession } from './view';

/** The outcome of an approved item in a word. */
const OUTCOMES = {
	saved: { create: 'created', update: 'updated' },
	checked: { create: 'would_create', update: 'would_update' },
};

/** What was created under a reference, with its GUID. */
function madeUnderReference(settled: ReadonlyArray<Settled<SessionDraft>>) {
	const made: Array<MadeSession & { draft: SessionDraft }> = [];
	for (const one of settled) {
		if (!isSaved(one) || isUpdate(one.built) || one.built.reference === undefined) continue;
		const guid = guidIn(one.outcome.view);
		if (guid !== undefined) made.push({ draft: one.built, reference: one.built.reference, guid });
	}
	return made;
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
	const { context, options, account } = run;
	const operation = context.getNodeParameter('operation', 0) as Operation;
	const workflowZone = context.getTimezone();
	const startDateEncoding = (options.startDateEncoding ?? 'wallClock') as StartDateEncoding;
	const readSettings = settingsReader(context, { operation, workflowZone, startDateEncoding });
	const isSimplified = options.simplify !== false;

	const build = (item: ReadItem, resolution: Resolution) =>
		buildSession(item, resolution, readSettings(item.index, item.json), catalogue);
	const lookup = new ReferenceLookup(run, {
		operation,
		label: catalogue.labelOf('session_reference'),
		isSound: (item, resolution) => isDraft(build(item, resolution)),
	});

	return {
		noun: SESSION_NOUN,
		catalogue,
		resolve: async (items) => await lookup.resolve(items),
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
			const guid = guidIn(view);
			if (guid === undefined) return;
			// Of what fits no item, its tags tell; an update writes the reference with the tags that it sets.
			const references = referencesIn(draft ? draft.request.tags : view.tags);
			for (const reference of references) lookup.note(reference, guid);
		},
		recover: async (lost, transport) =>
			await recoverByReference(lost.filter(hasReference), transport, account, (draft, view) => {
				const guid = guidIn(view);
				if (draft.reference !== undefined && guid !== undefined) lookup.note(draft.reference, guid);
				return approved(view, draft.warnings, checkSession(draft, view));
			}),
		async lookAgain(settled) {
			const made = madeUnderReference(settled);
			if (made.length === 0) return new Map();
			const found = await lookup.lookAgain(made);
			return new Map(
				made.flatMap(({ draft, guid }) => {
					const look = found.get(guid);
					return look ? [[draft, look.text] as const] : [];
				}),
			);
		},
		hints: (settled) => assumedZoneHint(settled, workflowZone),
		close: () => lookup.close(),
	};
}
