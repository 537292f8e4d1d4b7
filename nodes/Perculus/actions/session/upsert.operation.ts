import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { DraftOutcomes } from '../../batch/draftOutcomes';
import { emitRun, joinOutcomes, type Showing } from '../../batch/emit';
import { beginRun, readItems } from '../../batch/read';
import type { Outputs } from '../../batch/rejected';
import { send } from '../../batch/send';
import { ignoreCrash, rejectAllOnCrash } from '../../batch/stop';
import { isDraft, type Resolution, type Resource } from '../../batch/types';
import { buildSession } from '../../session/build';
import { SESSION_COMPARER, SESSION_IDENTITY } from '../../session/compare';
import {
	PER_ITEM_OPTIONS,
	type SessionDraft,
	settingsReader,
	type WriteOperation,
} from '../../session/draft';
import { SESSION_CATALOGUE, SESSION_FIELDS, SESSION_NOUN } from '../../session/fields';
import { rememberSessions } from '../../session/memory';
import { lookupFailed, resolveReferences } from '../../session/resolve';
import {
	assumedZoneHint,
	recoverLost,
	reviewOutcome,
	verifyReferences,
} from '../../session/review';
import type { StartDateEncoding } from '../../session/start';
import { showSession } from '../../session/view';
import {
	batchSizeOption,
	DRY_RUN_OPTION,
	fieldsParameters,
	INCLUDE_INPUT_OPTION,
	notice,
	optionsParameter,
	showForOperations,
	SIMPLIFY_OPTION,
	TIMEOUT_OPTION,
} from '../shared/options';

/** The options of Create, Update, and Create or Update. */
export const writeOptions: INodeProperties[] = [
	batchSizeOption('sessions'),
	{
		displayName: 'Date Format',
		name: 'dateFormat',
		type: 'string',
		default: '',
		placeholder: 'e.g. dd.MM.yyyy HH:mm',
		description:
			'Format of dates that aren\'t ISO 8601, e.g. dd.MM.yyyy HH:mm. <a href="https://moment.github.io/luxon/#/parsing" target="_blank">All letters</a>.',
	},
	DRY_RUN_OPTION,
	INCLUDE_INPUT_OPTION,
	SIMPLIFY_OPTION,
	{
		displayName: 'Start Date Encoding',
		name: 'startDateEncoding',
		type: 'options',
		default: 'wallClock',
		options: [
			{
				name: 'Local Time',
				value: 'wallClock',
				description: "14:00 in the session's time zone, as Perculus documents it",
			},
			{ name: 'UTC Offset', value: 'offset', description: '14:00+03:00' },
		],
		description: 'Change this only if your sessions start at the wrong hour',
	},
	TIMEOUT_OPTION,
];

export const description: INodeProperties[] = [
	...showForOperations(
		'session',
		['upsert'],
		[
			notice(
				'upsertNotice',
				"Updates the session with the same 'Session GUID' or 'Session Reference' (your own ID), or creates one. New sessions need name, start date and duration.",
			),
		],
	),
	...showForOperations(
		'session',
		['create'],
		[
			notice(
				'createNotice',
				"New sessions need a name, start date and duration. Items whose 'Session Reference' is in use already go to Rejected.",
			),
		],
	),
	...showForOperations(
		'session',
		['update'],
		[
			notice(
				'updateNotice',
				"Updates the session with the same 'Session GUID' or 'Session Reference'. Items without one go to Rejected.",
			),
		],
	),
	...showForOperations(
		'session',
		['create', 'update', 'upsert'],
		[
			...fieldsParameters(
				'getSessionFields',
				"Empty fields aren't sent. New sessions use Perculus defaults, existing ones keep their values.",
				SESSION_FIELDS,
			),
			{
				displayName: 'Workflow Time Zone',
				name: 'workflowTimezone',
				type: 'hidden',
				default: '={{ $now.zoneName }}',
				description: "The workflow's time zone, only for the list of 'Default Time Zone'",
			},
			{
				displayName: 'Default Time Zone Name or ID',
				name: 'defaultTimezone',
				type: 'options',
				typeOptions: { loadOptionsMethod: 'getTimeZones' },
				default: '',
				description:
					'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				hint: 'For items without a time zone of their own',
			},
			optionsParameter(writeOptions),
		],
	),
];

const SESSIONS: Resource<SessionDraft> = {
	noun: SESSION_NOUN,
	catalogue: SESSION_CATALOGUE,
	identity: SESSION_IDENTITY,
	comparer: SESSION_COMPARER,
	duplicateIssue: (item) =>
		`Same 'Session GUID' as [item ${item}]. Merge both changes into one item`,
};

/** Create, Update, and Create or Update: the same batch request. */
export async function execute(context: IExecuteFunctions): Promise<Outputs> {
	return await rejectAllOnCrash(context, SESSION_NOUN, async () => {
		const run = await beginRun(context, PER_ITEM_OPTIONS);
		const { options, transport } = run;
		const operation = context.getNodeParameter('operation', 0) as WriteOperation;
		const workflowZone = context.getTimezone();
		const readSettings = settingsReader(context, {
			operation,
			workflowZone,
			startDateEncoding: (options.startDateEncoding ?? 'wallClock') as StartDateEncoding,
			now: transport.now(),
		});
		const items = readItems(run, SESSION_CATALOGUE);
		const outcomes = new DraftOutcomes<SessionDraft>(SESSIONS);
		const resolved = await resolveReferences(run, items, {
			operation,
			label: SESSION_CATALOGUE.labelOf('session_reference'),
			// Only items without another issue are searched, so each of those is built before and after.
			isSound: (item, resolution) =>
				isDraft(buildSession(item, resolution, readSettings(item.index, item.json))),
		});
		try {
			outcomes.failure = resolved.failure;
			// A failed search stops the whole run: nothing is sent. An item's own refusal is more exact.
			const refused = resolved.failure && lookupFailed(resolved.failure);
			const built = items.map((item, place) => {
				const resolution = { ...(refused && { refused }), ...(resolved.each[place] as Resolution) };
				return buildSession(item, resolution, readSettings(item.index, item.json));
			});
			const drafts = built.filter(isDraft);
			// Sends, and matches each response with its drafts (batch/match.ts).
			await send(built, SESSIONS, run, outcomes);
			await ignoreCrash(run, async () => await recoverLost(drafts, outcomes, run));
			await ignoreCrash(run, async () => {
				const now = transport.now();
				for (const draft of drafts) reviewOutcome(draft, outcomes, now);
			});
			await ignoreCrash(run, async () => await verifyReferences(drafts, outcomes, run));
			const settled = joinOutcomes(built, outcomes, run);
			const show = showWith(options.simplify !== false);
			const hints = assumedZoneHint(settled, workflowZone);
			return await emitRun(settled, outcomes, run, SESSIONS, show, hints);
		} finally {
			await ignoreCrash(run, async () => {
				rememberSessions(run, outcomes.approvals());
			});
			// Other runs with the same references may go on.
			resolved.release();
		}
	});
}

const showWith =
	(isSimplified: boolean): Showing<SessionDraft>['show'] =>
	(item, view, { foundGuid, input }) => {
		if (view) showSession(item, view, isSimplified);
		else Object.assign(item, foundGuid !== undefined && { session_guid: foundGuid }, input);
	};
