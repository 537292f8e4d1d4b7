import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import {
	attendance,
	type AttendanceSettings,
	type ReportedSession,
} from '../../attendee/attendance';
import { ATTENDEE_NOUN } from '../../attendee/fields';
import { readAttendees } from '../../attendee/search';
import { parameterReader } from '../../batch/parameter';
import type { Outputs } from '../../batch/rejected';
import type { Run } from '../../batch/types';
import { SESSION_NOUN } from '../../session/fields';
import type { PageFailure } from '../../transport/pages';
import type { Failure } from '../../transport/responses';
import { isObject, type Reading } from '../../values/collections';
import { type Choice, convert, isEmpty } from '../../values/convert';
import { tidyName } from '../../values/names';
import { quote } from '../../values/text';
import { locateEach, sessionLocator, type SubPath } from '../shared/locator';
import {
	optionsParameter,
	showForOperations,
	SIMPLIFY_OPTION,
	TIMEOUT_OPTION,
} from '../shared/options';
import { perItem } from '../shared/perItem';
import {
	reportReader,
	type ReportReply,
	reportWarnings,
	sessionKey,
	shareBySession,
	type Shared,
} from '../shared/report';

type Named<Value extends string> = Array<Choice & { value: Value }>;

const INCLUDE: Named<AttendanceSettings['include']> = [
	{ name: 'All Attendees, Including Absent', value: 'all' },
	{ name: 'People Who Attended', value: 'present' },
];
const UNITS: Named<AttendanceSettings['unit']> = [
	{ name: 'Minutes', value: 'minutes' },
	{ name: 'Percent of the Session', value: 'percent' },
];
const DURATION_UNITS: Named<AttendanceSettings['durationUnit']> = [
	{ name: 'Minutes', value: 'minutes' },
	{ name: 'Seconds', value: 'seconds' },
];

export const description: INodeProperties[] = showForOperations(
	'attendee',
	['getAttendance'],
	[
		sessionLocator,
		{
			displayName: 'Include',
			name: 'include',
			type: 'options',
			options: INCLUDE,
			default: 'present',
			description: 'Which people to return',
		},
		{
			displayName: 'Minimum Attendance',
			name: 'attendedFrom',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'Minimum time present to count as attended, 0 for any',
		},
		{
			displayName: 'Minimum Attendance Unit',
			name: 'attendedUnit',
			type: 'options',
			options: UNITS,
			default: 'minutes',
			description: "Unit of 'Minimum Attendance'",
		},
		optionsParameter([
			{
				displayName: 'Duration Unit',
				name: 'durationUnit',
				type: 'options',
				options: DURATION_UNITS,
				default: 'seconds',
				description:
					"Unit of the times in the report, which Perculus doesn't document. Change this only if all times are 60 times too short.",
			},
			SIMPLIFY_OPTION,
			TIMEOUT_OPTION,
		]),
	],
);

function readChoice<Value extends string>(
	label: string,
	read: Reading<unknown>,
	choices: Named<Value>,
	byDefault: Value,
): Reading<Value> {
	if ('issue' in read) return { issue: `${label} ${read.issue}` };
	if (isEmpty(read.value)) return { value: byDefault };
	const chosen = convert(read.value, { label, kind: 'choice', choices });
	return 'issue' in chosen ? chosen : { value: chosen.value as Value };
}

/** Not a number that is missing: each person would count as attended. */
function readFrom(read: Reading<unknown>, unit: AttendanceSettings['unit']): Reading<number> {
	if ('issue' in read) return { issue: `Minimum Attendance ${read.issue}` };
	const given = typeof read.value === 'string' ? tidyName(read.value) : read.value;
	const number = typeof given === 'string' && /^\d+(?:\.\d+)?$/.test(given) ? Number(given) : given;
	const most = unit === 'percent' ? 100 : Number.MAX_SAFE_INTEGER;
	if (typeof number === 'number' && number >= 0 && number <= most) return { value: number };
	const must = unit === 'percent' ? 'a percentage from 0 to 100' : 'a number of minutes, 0 or more';
	return { issue: `Minimum Attendance must be ${must}; this item has ${quote(read.value)}` };
}

interface Asked extends SubPath {
	settings: AttendanceSettings;
}

/** Prepares the reading of what counts as attended for each item; an issue is a whole sentence. */
function settingsReader({ context, options }: Run) {
	const readInclude = parameterReader(context, 'include');
	const readLeast = parameterReader(context, 'attendedFrom');
	const readUnit = parameterReader(context, 'attendedUnit');
	const durationUnit = readChoice(
		'Duration Unit',
		{ value: options.durationUnit },
		DURATION_UNITS,
		'seconds',
	);
	return (index: number, json: IDataObject): Asked | { issue: string } => {
		const include = readChoice('Include', readInclude(index, json), INCLUDE, 'present');
		const unit = readChoice('Minimum Attendance Unit', readUnit(index, json), UNITS, 'minutes');
		if ('issue' in include) return include;
		if ('issue' in unit) return unit;
		if ('issue' in durationUnit) return durationUnit;
		const from = readFrom(readLeast(index, json), unit.value);
		if ('issue' in from) return from;
		const settings = {
			include: include.value,
			from: from.value,
			unit: unit.value,
			durationUnit: durationUnit.value,
			isSimplified: options.simplify !== false,
		};
		return { segments: [], settings };
	};
}

type Attended = Pick<ReportedSession, 'report' | 'entries'>;

/** Documented is `user_stats`, not whether it is a list or a map of people. */
function parseAttended(body: IDataObject): Attended | undefined {
	const { user_stats: stats } = body;
	const entries: unknown[] | undefined = Array.isArray(stats)
		? stats
		: isObject(stats)
			? Object.values(stats)
			: undefined;
	return entries?.every(isObject) ? { report: body, entries } : undefined;
}

/** What is known of a session: its report, and its attendees or what came instead of them. */
interface Answers {
	reply: ReportReply<Attended>;
	attendees?: IDataObject[] | PageFailure;
}

function sessionAsker(run: Run): (guid: string) => Promise<Answers> {
	const readReport = reportReader(run.transport, ['attendees'], parseAttended);
	let ending: Failure | undefined;
	return async (guid) => {
		const reply = await readReport(guid);
		if (reply.kind !== 'report') return { reply };
		const attendees = ending ?? (await readAttendees(run, guid));
		if (!Array.isArray(attendees) && attendees.kind === 'failed' && attendees.endsAll)
			ending = attendees;
		return { reply, attendees };
	};
}

const NO_NAMES = "The session's attendees couldn't be read, so first and last names are missing.";

/** Retrieves who attended the session that each item names; one report for each session. */
export async function execute(context: IExecuteFunctions): Promise<Outputs> {
	return await perItem<Shared<Answers> & Asked>(context, {
		noun: SESSION_NOUN,
		found: ATTENDEE_NOUN,
		purpose: 'read',
		fallbackFields: { session_guid: null },
		async prepare(run) {
			return shareBySession(await locateEach<Asked>(run, settingsReader(run)), sessionAsker(run));
		},
		sharedBy: sessionKey,
		async requestItem({ shown, settings, ask }) {
			const { reply, attendees = [] } = await ask();
			if (reply.kind !== 'report') return reply;
			const isWhole = Array.isArray(attendees);
			// No absence is claimed on half a list.
			if (!isWhole && settings.include === 'all') return attendees;
			const people = attendance(
				{
					...reply.report,
					attendees: isWhole ? attendees : undefined,
					warnings: [...reportWarnings(reply.report.report), ...(isWhole ? [] : [NO_NAMES])],
				},
				settings,
			);
			return people.map((person) => ({ ...shown, ...person }));
		},
	});
}
