import type { IExecuteFunctions } from 'n8n-workflow';

import type { BatchOperation, Resolutions, Resource, Run } from '../../batch/contract';
import type { Outputs } from '../../batch/output/emit';
import type { Catalogue } from '../../batch/read/catalogue';
import { runBatch } from '../../batch/run';
import { isEmpty } from '../../values/convert';
import { buildSession, toInput } from './build/build';
import { checkSession } from './check';
import { sessionRules } from './compare/compare';
import { SESSION_CATALOGUE } from './fields';
import { sessionHints } from './hints';
import { SESSION_IDENTITY } from './compare/identity';
import { SESSION_NOUN } from './noun';
import { pastStart } from './build/pastStart';
import { noteClaim } from './recovery/claimedSessions';
import { depart } from './recovery/inFlight';
import { recoverCreates } from './recovery/recover';
import { isUpdate, type Operation, type SessionDraft } from './session';
import { PER_ITEM_OPTIONS, settingsReader } from './build/settings';
import type { StartDateEncoding } from './build/start';
import { showSession } from './view';

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

	return {
		noun: SESSION_NOUN,
		catalogue,
		resolve: async (items): Promise<Resolutions> => ({
			each: items.map(({ record }) => {
				const exists =
					operation === 'update' || (operation === 'upsert' && !isEmpty(record.session_guid));
				return { subject: { kind: exists ? 'existing' : 'new' } };
			}),
		}),
		build: (item, resolution) =>
			buildSession(item, resolution, readSettings(item.index, item.json), catalogue),
		toInput: (draft) => toInput(draft, catalogue),

		endpoint: () => '/session/batch',
		keys: ({ guid }) => (guid === undefined ? [] : [guid]),
		keyIssue: (_, item) =>
			`Session GUID is that of [item ${item}], too; one request can change a session only once, so put both changes into one item`,
		isRepeatable: isUpdate,
		isSafeToRunAgain: isUpdate,

		matchRules: sessionRules(catalogue),
		show: (item, view) => showSession(item, view, catalogue, isSimplified),
		check: checkSession,
		explain: ({ start }, now) => start && pastStart(start, now),
		outcomeOf: (draft, isCheckOnly) =>
			isUpdate(draft)
				? isCheckOnly
					? 'would_update'
					: 'updated'
				: isCheckOnly
					? 'would_create'
					: 'created',
		identity: SESSION_IDENTITY,

		depart: (waiting) => depart({ account, waiting }),
		noteApproved(view, draft) {
			if (!draft || !isUpdate(draft)) noteClaim(view, Date.now());
		},
		...(options.recoverUnknown !== false && {
			recover: async (lost, failure, transport) =>
				await recoverCreates(lost, failure, transport, account),
		}),
		hints: (settled) => sessionHints(settled, operation, workflowZone),
	};
}
