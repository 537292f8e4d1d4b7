import type { IExecuteFunctions } from 'n8n-workflow';

import type { BatchOperation, Resolution, Resource, Run } from '../../batch/contract';
import type { Outputs } from '../../batch/output/emit';
import { parameterReader } from '../../batch/read/parameter';
import { locateSessions, type NamedSession } from '../../each/locate';
import { runBatch } from '../../batch/run';
import { pathOf } from '../../transport/path';
import { cached } from '../../values/cache';
import type { AttendeeDraft } from './attendee';
import { buildAttendee, toInput } from './build';
import { ATTENDEE_RULES, differences } from './compare/compare';
import { ATTENDEE_CATALOGUE } from './fields';
import { ATTENDEE_IDENTITY } from './compare/identity';
import { joinUrlOf } from './view/joinUrl';
import { ATTENDEE_NOUN } from './noun';
import { showAttendee } from './view/view';

/** Create or Update: one batch request for each session. */
export async function writeAttendees(context: IExecuteFunctions): Promise<Outputs> {
	return await runBatch(context, ATTENDEE_WRITES);
}

const ATTENDEE_WRITES: BatchOperation<AttendeeDraft> = {
	noun: ATTENDEE_NOUN,
	perItemOptions: ['joinUrl'],
	unread: { attendee: {}, session_guid: null },
	open: openAttendees,
};

const CACHED_JOIN_URLS = 100;
const NO_ISSUES: readonly string[] = [];

/** What the lookup of its session means for an item; a name that is none is told with whatever else is wrong. */
function resolutionOf({ guid, refused }: NamedSession): Resolution {
	const subject = { kind: 'existing', ...(guid !== undefined && { guid }) } as const;
	if (!refused) return { subject };
	return refused.source === 'check' ? { subject, issues: refused.details } : { subject, refused };
}

/** All that an item names the person by, sent or not. */
function namesOf({ code, user, email }: AttendeeDraft): string[] {
	const names: string[] = [];
	if (code !== undefined) names.push(`code ${code}`);
	if (user !== undefined) names.push(`user ${user}`);
	if (email !== undefined) names.push(email);
	return names;
}

function openAttendees(run: Run): Resource<AttendeeDraft> {
	const readJoinUrl = parameterReader(run.context, 'options.joinUrl');
	const joinUrlIn = cached(joinUrlOf, CACHED_JOIN_URLS);
	/** By item. */
	let sessions: readonly NamedSession[] = [];
	/** By the GUID in lower case: two spellings of it are one session, which is asked once. */
	const endpoints = new Map<string, string>();

	const endpointOf = (guid: string) => {
		const key = guid.toLowerCase();
		const endpoint = endpoints.get(key) ?? pathOf('session', guid, 'attendee', 'batch') ?? '';
		endpoints.set(key, endpoint);
		return endpoint;
	};

	return {
		noun: ATTENDEE_NOUN,
		catalogue: ATTENDEE_CATALOGUE,
		async resolve(items) {
			const located = await locateSessions(run, items);
			sessions = located.each;
			const { failure } = located;
			const resolutions = new Map(
				[...new Set(sessions)].map((session) => [session, resolutionOf(session)]),
			);
			return {
				each: sessions.map((session) => resolutions.get(session) as Resolution),
				...(failure && { failure }),
			};
		},
		build: (item, { issues = NO_ISSUES }) =>
			buildAttendee(item, {
				endpoint: endpointOf(sessions[item.index]?.guid ?? ''),
				joinUrl: joinUrlIn(readJoinUrl(item.index, item.json)),
				issues,
			}),
		toInput,
		beside: ({ index }) => sessions[index]?.shown ?? { session_guid: null },

		endpoint: ({ endpoint }) => endpoint,
		keys: namesOf,
		keyIssue: (_, item) =>
			`This attendee is that of [item ${item}], too; one request can save a person only once in a session, so put both into one item`,
		isRepeatable: () => true,
		isSafeToRunAgain: () => true,

		matchRules: ATTENDEE_RULES,
		show(item, view, { index, joinUrl }) {
			Object.assign(item, sessions[index]?.shown);
			showAttendee(item, view, joinUrl);
		},
		check: differences,
		outcomeOf: (_, isDryRun) => (isDryRun ? 'would_save' : 'saved'),
		identity: ATTENDEE_IDENTITY,
	};
}
