import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { type AttendeeDraft, buildAttendee } from '../../attendee/build';
import { ATTENDEE_COMPARER, ATTENDEE_IDENTITY, differences } from '../../attendee/compare';
import { ATTENDEE_CATALOGUE, ATTENDEE_FIELDS, ATTENDEE_NOUN } from '../../attendee/fields';
import { joinUrlOf, showAttendee } from '../../attendee/view';
import { DraftOutcomes } from '../../batch/draftOutcomes';
import { emitRun, joinOutcomes, type Showing } from '../../batch/emit';
import { withWarnings } from '../../batch/outcome';
import { parameterReader } from '../../batch/parameter';
import { beginRun, readItems } from '../../batch/read';
import type { Outputs } from '../../batch/rejected';
import { send } from '../../batch/send';
import { ignoreCrash, rejectAllOnCrash } from '../../batch/stop';
import { isDraft, type Resource } from '../../batch/types';
import { lookupFailed } from '../../session/resolve';
import { pathOf } from '../../transport/transport';
import { memoize } from '../../values/collections';
import { locateSessions, type NamedSession, sessionLocator } from '../shared/locator';
import {
	batchSizeOption,
	DRY_RUN_OPTION,
	fieldsParameters,
	INCLUDE_INPUT_OPTION,
	notice,
	optionsParameter,
	showForOperations,
	TIMEOUT_OPTION,
} from '../shared/options';

export const description: INodeProperties[] = showForOperations(
	'attendee',
	['upsert'],
	[
		sessionLocator,
		notice(
			'attendeeNotice',
			"Map an email with first and last name, a 'User GUID', or an 'Attendance Code'. No one is added twice.",
		),
		...fieldsParameters(
			'getAttendeeFields',
			"Empty fields aren't sent. The role is Admin, Instructor or User.",
			ATTENDEE_FIELDS,
		),
		optionsParameter([
			batchSizeOption('attendees of a session'),
			DRY_RUN_OPTION,
			INCLUDE_INPUT_OPTION,
			{
				displayName: 'Join URL',
				name: 'joinUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://acme.perculus.com/app?c={code}',
				description:
					"Join link template, where {code} is the attendance code. Test one link first: Perculus doesn't document the format.",
			},
			TIMEOUT_OPTION,
		]),
	],
);

const ATTENDEES: Resource<AttendeeDraft> = {
	noun: ATTENDEE_NOUN,
	catalogue: ATTENDEE_CATALOGUE,
	identity: ATTENDEE_IDENTITY,
	comparer: ATTENDEE_COMPARER,
	duplicateIssue: (item) => `Same attendee as [item ${item}]. Merge both into one item`,
};

const CACHED_JOIN_URLS = 100;
const NO_ISSUES: readonly string[] = [];

/** Create or Update: one batch request for each session. */
export async function execute(context: IExecuteFunctions): Promise<Outputs> {
	const unread = { attendee: {}, session_guid: null };
	const inOrder = async () => {
		const run = await beginRun(context, ['joinUrl']);
		const readJoinUrl = parameterReader(context, 'options.joinUrl');
		const joinUrlIn = memoize(joinUrlOf, CACHED_JOIN_URLS);
		const items = readItems(run, ATTENDEE_CATALOGUE);
		const pathTo = batchPaths();
		const { each, failure } = await locateSessions(run, items);
		const notSearched = failure && lookupFailed(failure);
		const built = items.map((item, place) => {
			const { guid, shown, refused } = each[place] as NamedSession;
			return buildAttendee(item, {
				path: pathTo(guid ?? ''),
				beside: shown,
				joinUrl: joinUrlIn(readJoinUrl(item.index, item.json)),
				issues: refused?.source === 'check' ? refused.details : NO_ISSUES,
				refused: refused ?? notSearched,
			});
		});
		const outcomes = new DraftOutcomes<AttendeeDraft>(ATTENDEES, failure);
		await send(built, ATTENDEES, run, outcomes);
		await ignoreCrash(run, async () => {
			for (const draft of built.filter(isDraft)) {
				const outcome = outcomes.get(draft);
				if (outcome?.kind === 'approved' && outcome.view)
					outcomes.set(draft, withWarnings(outcome, differences(draft, outcome.view)));
			}
		});
		return await emitRun(joinOutcomes(built, outcomes, run), outcomes, run, ATTENDEES, show);
	};
	return await rejectAllOnCrash(context, ATTENDEE_NOUN, inOrder, unread);
}

/** Paths of the batches by GUID: two spellings of one GUID are one session, which gets one request. */
function batchPaths(): (guid: string) => string {
	const paths = new Map<string, string>();
	return (guid) => {
		const key = guid.toLowerCase();
		const path = paths.get(key) ?? pathOf('session', guid, 'attendee', 'batch') ?? '';
		paths.set(key, path);
		return path;
	};
}

const show: Showing<AttendeeDraft>['show'] = (item, view, { beside, input, joinUrl }) => {
	Object.assign(item, beside);
	if (view) showAttendee(item, view, joinUrl);
	else Object.assign(item, input);
};
