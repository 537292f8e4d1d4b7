import type { IDataObject } from 'n8n-workflow';

import type { DateFormat } from '../../../values/dates/dateFormat';
import { parseDate } from '../../../values/dates/parseDate';
import { DAY, MINUTE, type ParsedDate } from '../../../values/dates/parsedDate';
import { parseTimeOfDay } from '../../../values/dates/timeOfDay';
import { instantsOf, offsetText, zoneName, zoneOffset } from '../../../values/dates/zone';
import { quote } from '../../../values/quote';

/** How the start is written in the request; see `encodeStart`. */
export type StartDateEncoding = 'wallClock' | 'offset';

/** When a session begins, as it was meant. */
export interface Start {
	/** YYYY-MM-DDTHH:mm:ss on the clock of `zone`; without a zone, of the session's own zone, which only Perculus knows. */
	clock: string;
	/** IANA zone to send beside it. */
	zone?: string;
	/** Milliseconds since 1970; known whenever the zone is. */
	instant?: number;
	/** The zone was taken from the workflow, because the item names none. */
	assumedZone?: true;
	/** Something about it needs a look. */
	warning?: string;
}

export interface StartInput {
	date: unknown;
	/** Time of day from a second field. */
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

/** A reading; with an issue: the item has a day, and no time of day anywhere. */
export type StartResult<T> = { value: T } | { issue: string; lacksTime?: true };

/** A start outside of these is a slip: no session of Perculus is older, and ISO text has four digits for the year. */
const FIRST_YEAR = 2000;
const LAST_YEAR = 9998;
const FIRST = Date.UTC(FIRST_YEAR, 0, 1);
const END = Date.UTC(LAST_YEAR + 1, 0, 1);

/** YYYY-MM-DDTHH:mm:ss */
const clockText = (wallClock: number) => new Date(wallClock).toISOString().slice(0, 19);

/** As a person writes it. */
const spacedText = (wallClock: number) => clockText(wallClock).replace('T', ' ');

/** The day that a date field means when the time stands in a field of its own. */
function dayOf(parsedDate: ParsedDate, zone: string): number | undefined {
	const isMidnight = (clock: number) => clock % DAY === 0;
	if (parsedDate.kind !== 'instant') return isMidnight(parsedDate.at) ? parsedDate.at : undefined;
	// A day arrives as an instant when another node has turned it into one: midnight in its own offset, in UTC, or here.
	const here = parsedDate.at + zoneOffset(zone, parsedDate.at) * MINUTE;
	return [parsedDate.clock, here, parsedDate.at].find(
		(clock) => clock !== undefined && isMidnight(clock),
	);
}

/** A day and the time from its own field. */
function combine(parsedDate: ParsedDate, input: StartInput): StartResult<ParsedDate> {
	const { labels } = input;
	if (input.time === undefined) {
		return {
			lacksTime: true,
			issue: `${labels.date} has a day but no time of day; add the time to it, or map the field '${labels.time}'`,
		};
	}
	const clock = parseTimeOfDay(input.time, labels.time);
	if ('issue' in clock) return clock;
	const day = dayOf(parsedDate, input.zone ?? input.workflowZone);
	if (day === undefined) {
		return {
			issue: `${labels.date} has a time of day already; leave it there, or give the day alone, and the time in ${labels.time}`,
		};
	}
	return { value: { kind: 'wallClock', at: day + clock.value } };
}

/**
 * Resolves a start to the wall clock and the zone to send. A date with an offset is an instant; without one it is
 * wall-clock time in the item's zone, else in the workflow's. An update that names no zone keeps wall-clock text as
 * it is, in the session's own zone.
 */
export function readStart(input: StartInput): StartResult<Start> {
	const read = parseDate(input.date, input.labels.date, input.format);
	if ('issue' in read) return read;
	const { labels } = input;
	const combined =
		input.time === undefined && read.value.kind !== 'date' ? read : combine(read.value, input);
	if ('issue' in combined) return combined;
	const parsedDate = combined.value;
	if (parsedDate.at < FIRST || parsedDate.at >= END) {
		const year = new Date(parsedDate.at).getUTCFullYear();
		return {
			issue: `${labels.date} must lie in the years ${FIRST_YEAR} to ${LAST_YEAR}; this item has ${quote(input.date)}, which is in the year ${year}`,
		};
	}
	const keepsZone = input.zone === undefined && input.isUpdate && parsedDate.kind !== 'instant';
	if (keepsZone) return { value: { clock: clockText(parsedDate.at) } };

	const zone = input.zone ?? zoneName(input.workflowZone);
	if (zone === undefined) {
		return {
			issue: `${labels.zone} is missing, and the workflow's own time zone, ${quote(input.workflowZone)}, is not known; give the item one, or choose another in the workflow settings`,
		};
	}
	if (parsedDate.kind === 'instant') {
		const wallClock = parsedDate.at + zoneOffset(zone, parsedDate.at) * MINUTE;
		return { value: startIn(zone, wallClock, parsedDate.at, input) };
	}
	const [instant, repeated] = instantsOf(zone, parsedDate.at);
	if (instant === undefined) {
		return {
			issue: `${labels.date} ${spacedText(parsedDate.at)} does not exist in ${zone}: the clocks are put forward then; choose another time`,
		};
	}
	const start = startIn(zone, parsedDate.at, instant, input);
	if (repeated !== undefined) {
		start.warning = `${spacedText(parsedDate.at)} comes twice in ${zone}, because the clocks are put back then; the first of the two was taken.`;
	}
	return { value: start };
}

function startIn(zone: string, wallClock: number, instant: number, input: StartInput): Start {
	const clock = clockText(wallClock);
	return input.zone === undefined
		? { clock, zone, instant, assumedZone: true }
		: { clock, zone, instant };
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

/** Digits and, where there is an offset, the instant of a date in an answer; it may have up to seven decimals. */
export function parseAnswerDate(value: unknown): { clock: string; instant?: number } | undefined {
	if (typeof value !== 'string') return undefined;
	const match =
		/^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d{1,20}))? ?(Z|[+-]\d{2}(?::?\d{2})?)?$/i.exec(
			value.trim(),
		);
	if (!match) return undefined;
	const [, day, time = '', fraction = '', offset] = match;
	const clock = `${day}T${time.length === 5 ? `${time}:00` : time}`;
	if (!offset) return { clock };
	const sign = /^z$/i.test(offset)
		? 'Z'
		: `${offset.slice(0, 3)}:${offset.slice(3).replace(':', '') || '00'}`;
	const instant = Date.parse(`${clock}.${fraction.slice(0, 3).padEnd(3, '0')}${sign}`);
	return Number.isNaN(instant) ? { clock } : { clock, instant };
}

/** Whether an answer has the start to the letter, as most have: quicker than reading it. */
function isWritten({ clock, zone, instant }: Start, answered: unknown): boolean {
	if (typeof answered !== 'string' || zone === undefined || instant === undefined) return false;
	const offset = offsetText(zoneOffset(zone, instant));
	return (
		answered.length === clock.length + offset.length &&
		answered.startsWith(clock) &&
		answered.endsWith(offset)
	);
}

/** Whether a session that was found begins then, in the same zone. */
export function isSameStart(start: Start, { start_date, timezone }: IDataObject): boolean {
	const found = parseAnswerDate(start_date);
	if (!found) return false;
	// Without a zone of its own, the start is on the clock of the session's.
	if (start.zone === undefined) return found.clock === start.clock;
	const isSameZone =
		typeof timezone !== 'string' || timezone.toLowerCase() === start.zone.toLowerCase();
	return isSameZone && found.instant !== undefined && toSecond(found.instant) === start.instant;
}

const toSecond = (instant: number) => Math.floor(instant / 1000) * 1000;

/** A sentence when the start in an answer is not the one that was meant; undefined when it is, or is not told. */
export function startDifference(start: Start, answered: unknown): string | undefined {
	if (isWritten(start, answered)) return undefined;
	const answer = parseAnswerDate(answered);
	if (!answer) return undefined;
	const same =
		start.instant !== undefined && answer.instant !== undefined
			? toSecond(answer.instant) === start.instant
			: answer.clock === start.clock;
	if (same) return undefined;
	return `The session starts at ${String(answered)}, but ${writeStart(start)} was asked for. Check it in Perculus.`;
}
