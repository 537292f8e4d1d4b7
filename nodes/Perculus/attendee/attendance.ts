import type { IDataObject } from 'n8n-workflow';

import { amountIn } from '../transport/body';
import { isNoDate, tidyDate } from '../values/dates/dateParts';
import { fromIso } from '../values/dates/parseDate';
import { normalGuid } from '../values/text';
import { type Joined, joinReport } from './joinReport';

/** What is known of a session that is over. */
export interface ReportedSession {
	/** As the API returned it. Source: the API's "Session Stats"; its durations are seconds. */
	report: IDataObject;
	/** One for each person, or for each of their visits. Source: the API's "Participant Stats". */
	entries: readonly IDataObject[];
	/** All attendees of the session; undefined if they couldn't be read, and then no one is called absent. */
	attendees: readonly IDataObject[] | undefined;
	/** About every person of the session. */
	warnings: readonly string[];
}

export interface AttendanceSettings {
	/** `all`: also those who didn't attend. */
	include: 'present' | 'all';
	/** From how much presence a person counts as attended; 0 for any. */
	from: number;
	unit: 'minutes' | 'percent';
	/** Unit of a person's times, which isn't documented. */
	durationUnit: 'seconds' | 'minutes';
	/** Without the person's entry as the API returned it. */
	isSimplified: boolean;
}

const MERGED = (count: number) =>
	`The report lists this person ${count} times. The longest time counts.`;
const NO_TIME = 'The report has an entry without a readable time for this person.';
const TOO_LONG = "This person's time is longer than the session. Check the option 'Duration Unit'.";
const TOO_SHORT =
	"All times in this report are very short. If Perculus counts them in minutes, change the option 'Duration Unit'.";
const NO_PERCENT =
	"The report doesn't say how long the session was, so there is no percentage to compare with 'Minimum Attendance'.";
const NOT_MATCHED =
	'The report lists people who match no attendee. This person may be one of them.';
const NOT_LISTED =
	'The report counts more people than it lists. This person may be one of the others.';
const NAMED_ELSEWHERE = "The report has this person's user or email in an entry of another one.";

/** Longest time of a whole session that looks like minutes: seconds would make it a fortieth of the session. */
const FORTIETH = 40;

/** Seconds. */
const ROUNDING = 1e-6;

/** Milliseconds, for comparing the dates of one report. */
const timeOf = (date: unknown): number | undefined =>
	typeof date === 'string' && !isNoDate(date) ? fromIso(tidyDate(date))?.at : undefined;

/** Seconds that a session took; undefined if the report doesn't say. */
function sessionSeconds({ duration, actual_start_date, actual_finish_date }: IDataObject) {
	const stated = amountIn(duration);
	if (stated !== undefined && stated > 0) return stated;
	const [start, finish] = [timeOf(actual_start_date), timeOf(actual_finish_date)];
	const took = start !== undefined && finish !== undefined ? (finish - start) / 1000 : 0;
	return took > 0 ? took : undefined;
}

/** A person of a report, with their times. */
interface Timed {
	attendee?: IDataObject | undefined;
	entries: readonly IDataObject[];
	/** The entry with the longest time. */
	longest: IDataObject | undefined;
	/** Of that entry; undefined if no entry has a readable time. */
	seconds: number | undefined;
	/** Whether an entry has no readable time. */
	isUnclear: boolean;
}

function timed({ attendee, entries }: Pick<Timed, 'attendee' | 'entries'>, factor: number): Timed {
	let [longest, most, isUnclear] = [entries[0], -1, false];
	for (const entry of entries) {
		const time = amountIn(entry.duration_live);
		if (time === undefined) isUnclear = true;
		else if (time > most) [longest, most] = [entry, time];
	}
	return { attendee, entries, longest, seconds: most < 0 ? undefined : most * factor, isUnclear };
}

/** The date that comes first or last of an entry's or of several, as it was returned. */
function dateOf(entries: readonly IDataObject[], key: string, isLast: boolean): string | null {
	let [picked, at]: [string | null, number | undefined] = [null, undefined];
	for (const { [key]: date } of entries) {
		if (typeof date !== 'string' || date === '') continue;
		const time = timeOf(date);
		const isBetter = time !== undefined && (at === undefined || (isLast ? time > at : time < at));
		if (picked === null || isBetter) [picked, at] = [date, time];
	}
	return picked;
}

const isText = (value: unknown): value is string =>
	typeof value === 'string' && value.trim() !== '';

const firstText = (...values: unknown[]): string | null => values.find(isText) ?? null;

/** What names a person: as the session's attendees have it, else as the report has it. */
function identityOf({ attendee, entries }: Timed): IDataObject {
	const models = attendee ? [attendee, ...entries] : entries;
	const users = models.flatMap(({ user_guid, user_id }) => [user_guid, user_id]);
	return {
		attendance_code: firstText(...models.map(({ attendance_code }) => attendance_code)),
		user_guid: firstText(...users.filter((user) => normalGuid(user) !== undefined)),
		email: firstText(...models.map(({ email }) => email)),
		name: firstText(attendee?.name),
		surname: firstText(attendee?.surname),
		role: firstText(attendee?.role, ...entries.map(({ user_mode }) => user_mode)),
	};
}

/** Whether a time is enough; null if that isn't known. */
function hasAttended(
	{ seconds, isUnclear }: Timed,
	session: number | undefined,
	{ from, unit }: AttendanceSettings,
): boolean | null {
	if (seconds === undefined) return null;
	const isKnown = from === 0 || unit === 'minutes' || session !== undefined;
	if (seconds > 0 && !isKnown) return null;
	const least = unit === 'minutes' ? from * 60 : (from * (session ?? 0)) / 100;
	// 1.1 minutes are 66.00000000000001 seconds.
	const isEnough = seconds > 0 && seconds >= least - ROUNDING;
	// The time that can't be read may be longer.
	return !isEnough && isUnclear ? null : isEnough;
}

function personItem(
	person: Timed,
	session: number | undefined,
	settings: AttendanceSettings,
	general: readonly string[],
): IDataObject {
	const { entries, longest, seconds, isUnclear } = person;
	const attended = hasAttended(person, session, settings);
	const isUncounted = attended === null && seconds !== undefined && !isUnclear;
	const warnings = [
		...general,
		...(entries.length > 1 ? [MERGED(entries.length)] : []),
		...(isUnclear ? [NO_TIME] : []),
		...(session !== undefined && (seconds ?? 0) > session ? [TOO_LONG] : []),
		...(isUncounted ? [NO_PERCENT] : []),
	];
	return {
		...identityOf(person),
		attended,
		attended_seconds: seconds === undefined ? null : Math.round(seconds),
		attended_percent:
			seconds === undefined || session === undefined
				? null
				: Math.round((seconds / session) * 1000) / 10,
		first_joined: dateOf(entries, 'first_attempt_live', false),
		last_left: dateOf(entries, 'last_exit_live', true),
		...(!settings.isSimplified && { report: longest ?? null }),
		...(warnings.length > 0 && { warnings }),
	};
}

/** What makes it uncertain that an attendee who isn't in the report was absent. */
function absenceDoubts(
	{ inReport, isNamed }: Joined,
	{ report, entries }: ReportedSession,
): (attendee: IDataObject) => string[] {
	const counted = amountIn(report.user_count) ?? 0;
	const general = [
		...(inReport.some(({ attendee }) => !attendee) ? [NOT_MATCHED] : []),
		...(counted > entries.length ? [NOT_LISTED] : []),
	];
	return (attendee) => (isNamed(attendee) ? [...general, NAMED_ELSEWHERE] : general);
}

/**
 * Who attended a session, one item for each person: `attended` comes from the time present, never from being listed.
 * Absent is only who is among the attendees and not in the report.
 */
export function attendance(session: ReportedSession, settings: AttendanceSettings): IDataObject[] {
	const { report, entries, attendees = [], warnings } = session;
	const took = sessionSeconds(report);
	const joined = joinReport(entries, attendees);
	const factor = settings.durationUnit === 'minutes' ? 60 : 1;
	const people = joined.inReport.map((person) => timed(person, factor));
	const longest = people.reduce((most, { seconds = 0 }) => Math.max(most, seconds), 0);
	const isShort =
		settings.durationUnit === 'seconds' &&
		took !== undefined &&
		longest > 0 &&
		longest * FORTIETH < took;
	const general = isShort ? [...warnings, TOO_SHORT] : warnings;

	const present = people.map((person) => personItem(person, took, settings, general));
	if (settings.include === 'present') return present.filter(({ attended }) => attended !== false);
	const doubtsOf = absenceDoubts(joined, session);
	const absent = joined.others.map((attendee) => {
		const person = { attendee, entries: [], longest: undefined, seconds: 0, isUnclear: false };
		const doubts = [...general, ...doubtsOf(attendee)];
		return { ...personItem(person, took, settings, doubts), attended_percent: 0 };
	});
	return [...present, ...absent];
}
