import type { IDataObject } from 'n8n-workflow';

import { memoize } from '../values/collections';
import type { DateFormat } from '../values/dates/dateFormat';
import { DAY, MINUTE, type ParsedDate, tidyDate } from '../values/dates/dateParts';
import { fromIso, parseDate, parseTimeOfDay } from '../values/dates/parseDate';
import { quote } from '../values/text';
import { instantsOf, offsetText, zoneName, zoneOffset } from '../values/zones';

/** How the start is written in the request; see `encodeStart`. */
export type StartDateEncoding = 'wallClock' | 'offset';

/** When a session starts, as the user intends it. */
export interface Start {
	/** YYYY-MM-DDTHH:mm:ss on the clock of `zone`; without a zone, of the session's own zone, which only Perculus knows. */
	clock: string;
	/** IANA zone to send beside it. */
	zone?: string;
	/** Milliseconds since 1970; known whenever the zone is. */
	instant?: number;
	/** The zone was taken from the workflow, because the item names none. */
	assumedZone?: true;
	/** What the person has to check. */
	warning?: string;
}

export interface StartInput {
	/** undefined if the item has none. */
	date: unknown;
	/** Time of day from a second field; undefined if the item has none. */
	time: unknown;
	/** Labels of the fields, for messages. */
	labels: { date: string; time: string; zone: string };
	/** The item's own zone, already checked. */
	zone: string | undefined;
	workflowZone: string;
	isUpdate: boolean;
	/** How text is written that is not ISO. */
	format?: DateFormat | undefined;
}

/** A reading; `isIncomplete` if the day or the time of day is missing. */
export type StartResult<T> = { value: T } | { issue: string; isIncomplete?: true };

/** A start in another year is a slip: no session of Perculus is older, and ISO text has four digits for the year. */
const FIRST_YEAR = 2000;
const LAST_YEAR = 9998;

/** YYYY-MM-DDTHH:mm:ss */
const clockText = (wallClock: number) => new Date(wallClock).toISOString().slice(0, 19);

/** As a person writes it. */
const spacedText = (wallClock: number) => clockText(wallClock).replace('T', ' ');

/** The day that a date means when the time is in a field of its own. */
export function dayOf({ kind, at, clock }: ParsedDate, zone: string): number | undefined {
	// Other nodes turn a day into an instant: midnight in its own offset, in the session's zone, or in UTC.
	const clocks = kind === 'instant' ? [clock, at + zoneOffset(zone, at) * MINUTE, at] : [at];
	return clocks.find((one) => one !== undefined && one % DAY === 0);
}

/** Why a local time is refused that a zone's clocks skip. */
export const skippedTime = (label: string, wallClock: number, zone: string) =>
	`${label} ${spacedText(wallClock)} doesn't exist in ${zone} because clocks go forward; choose another time`;

/** A warning about a local time that a zone's clocks repeat. */
export const repeatedTime = (wallClock: number, zone: string) =>
	`${spacedText(wallClock)} comes twice in ${zone} because clocks go back; the first of the two was taken.`;

/** Reads the date and the time of day from their fields. */
function readFields({ date, time, labels, ...input }: StartInput): StartResult<ParsedDate> {
	const read = parseDate(date, labels.date, input.format);
	if ('issue' in read) return read;
	if (time === undefined) {
		const issue = `${labels.date} has a day but no time of day; add the time to it, or map the field '${labels.time}'`;
		return read.value.kind === 'date' ? { isIncomplete: true, issue } : read;
	}
	const timeOfDay = parseTimeOfDay(time, labels.time);
	if ('issue' in timeOfDay) return timeOfDay;
	const day = dayOf(read.value, input.zone ?? input.workflowZone);
	if (day === undefined) {
		const issue = `${labels.date} has a time of day already; leave it there, or give only the day, and the time in ${labels.time}`;
		return { issue };
	}
	return { value: { ...read.value, kind: 'wallClock', at: day + timeOfDay.value } };
}

/** Whether a time field has a whole date: some tools call the start `start_time`. */
function isWholeDate({ time, labels, format }: StartInput): boolean {
	if ('value' in parseTimeOfDay(time, labels.time)) return false;
	const read = parseDate(time, labels.time, format);
	return 'value' in read && read.value.kind !== 'date';
}

/**
 * Resolves a start to the wall clock and the zone to send. A date with an offset is an instant; without one it is
 * wall-clock time in the zone beside it, else in the item's, else in the workflow's. An update that names no zone keeps
 * wall-clock text as it is, in the session's own zone.
 */
export function readStart(input: StartInput): StartResult<Start> {
	const { date, time, labels } = input;
	if (date === undefined) {
		return isWholeDate(input)
			? readStart({
					...input,
					date: time,
					time: undefined,
					labels: { ...labels, date: labels.time },
				})
			: {
					isIncomplete: true,
					issue: `${labels.time} is set, but ${labels.date} is missing; also give the day`,
				};
	}
	const read = readFields(input);
	if ('issue' in read) return read;
	const { kind, at, zone: ownZone } = read.value;
	const year = new Date(at).getUTCFullYear();
	if (year < FIRST_YEAR || year > LAST_YEAR) {
		return {
			issue: `${labels.date} must be in the years ${FIRST_YEAR} to ${LAST_YEAR}; this item has ${quote(date)}, which is in the year ${year}`,
		};
	}
	const itemZone = input.zone ?? ownZone;
	if (itemZone === undefined && input.isUpdate && kind !== 'instant') {
		return { value: { clock: clockText(at) } };
	}
	const zone = itemZone ?? zoneName(input.workflowZone);
	if (zone === undefined) {
		return {
			issue: `${labels.zone} is missing, and the workflow's own time zone, ${quote(input.workflowZone)}, is not known; give the item one, or choose another in the workflow settings`,
		};
	}
	// Of a local time with a zone beside it, the digits are on that zone's clock.
	const localZone = ownZone ?? zone;
	const [instant, repeated] = kind === 'instant' ? [at] : instantsOf(localZone, at);
	if (instant === undefined) return { issue: skippedTime(labels.date, at, localZone) };
	const start: Start = {
		clock: clockText(instant + zoneOffset(zone, instant) * MINUTE),
		zone,
		instant,
	};
	if (itemZone === undefined) start.assumedZone = true;
	if (repeated !== undefined) start.warning = repeatedTime(at, localZone);
	return { value: start };
}

/** The start with its true offset, as an item carries it: reading it again gives the same start. */
export function writeStart(start: Start): string {
	if (start.zone === undefined || start.instant === undefined) return start.clock;
	return start.clock + offsetText(zoneOffset(start.zone, start.instant));
}

/**
 * The start as it is sent. The API keeps a date's digits and drops its offset, so the digits have to be wall-clock
 * time in the zone sent beside them; `Z` is the only ending its samples show. `offset` is for an account whose API
 * is found to honour offsets: there `Z` would make digits of the session's own zone into UTC, so they go without.
 */
export function encodeStart(start: Start, encoding: StartDateEncoding): string {
	return encoding === 'offset' ? writeStart(start) : `${start.clock}Z`;
}

/** Digits and, where there is an offset, the instant of a date in a response, to the second; it may have up to seven decimals. */
export const parseAnswerDate = (value: unknown): AnswerDate | undefined =>
	typeof value === 'string' ? parseAnswerText(value) : undefined;

interface AnswerDate {
	clock: string;
	instant?: number;
}

/** Matching and checking read the same text several times. */
const ANSWERS_KEPT = 1000;
const parseAnswerText = memoize((text: string): AnswerDate | undefined => {
	const read = fromIso(tidyDate(text));
	if (!read || read.kind === 'date') return undefined;
	const clock = clockText(read.clock ?? read.at);
	return read.kind === 'instant' ? { clock, instant: read.at } : { clock };
}, ANSWERS_KEPT);

/** A sentence if the start in a response isn't the intended one, or can't be read. */
export function startDifference(start: Start, answered: unknown): string | undefined {
	const answer = parseAnswerDate(answered);
	if (!answer) {
		return `The response has no start that can be read (${quote(answered)}), but ${writeStart(start)} was asked for. Check it in Perculus.`;
	}
	const isSame =
		start.instant !== undefined && answer.instant !== undefined
			? answer.instant === start.instant
			: answer.clock === start.clock;
	if (isSame) return undefined;
	return `The session starts at ${String(answered)}, but ${writeStart(start)} was asked for. Check it in Perculus.`;
}

/** Whether a session that was found begins then, in the same zone. */
function isSameStart(start: Start, { start_date, timezone }: IDataObject): boolean {
	const found = parseAnswerDate(start_date);
	if (!found) return false;
	// Without a zone of its own, the start is on the clock of the session's.
	if (start.zone === undefined) return found.clock === start.clock;
	const isSameZone =
		typeof timezone !== 'string' || timezone.toLowerCase() === start.zone.toLowerCase();
	return isSameZone && found.instant === start.instant;
}

/** Milliseconds by which the clocks of the last place on earth are behind UTC. */
const FURTHEST_BEHIND = 12 * 3_600_000;

/** A start in a zone that only Perculus knows is past if it is in every zone. */
const isPast = ({ instant, clock }: Pick<Start, 'instant' | 'clock'>, now: number) =>
	(instant ?? Date.parse(`${clock}Z`) + FURTHEST_BEHIND) < now;

/**
 * Whether a start can be left out of an update: Perculus refuses to set a start in the past, even the one that the
 * session has. One that is still ahead is always sent, for the search that found it may lag behind a reschedule.
 *
 * @param now milliseconds since 1970
 */
export function isPastAndSame(start: Start, view: IDataObject, now: number): boolean {
	const found = parseAnswerDate(view.start_date);
	return found !== undefined && isPast(found, now) && isSameStart(start, view);
}

/** A sentence for a start that is certainly in the past; undefined for any other. */
export function pastStart(start: Start, now: number): string | undefined {
	if (!isPast(start, now)) return undefined;
	const clock = start.clock.replace('T', ' ').replace(/:00$/, '');
	return `The start is in the past: ${clock}${start.zone === undefined ? '' : ` (${start.zone})`}.`;
}
