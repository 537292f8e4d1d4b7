import { withColumn } from '../batch/autoMap';
import { addMissing, keepInvalid, type Values } from '../batch/build';
import type { FieldRecord } from '../batch/catalogue';
import { isFailed } from '../batch/parameter';
import type { Subject } from '../batch/types';
import { isObject, type Reading } from '../values/collections';
import { convert, isEmpty, type ValueType } from '../values/convert';
import { type DateFormat, fromFormat } from '../values/dates/dateFormat';
import { DAY, MINUTE, type ParsedDate, tidyDate } from '../values/dates/dateParts';
import { parseDate, parseTimeOfDay } from '../values/dates/parseDate';
import { quote } from '../values/text';
import { instantsOf } from '../values/zones';
import { SESSION_CATALOGUE } from './fields';
import { dayOf, repeatedTime, skippedTime, type Start } from './start';

const { byId, labelOf } = SESSION_CATALOGUE;
const LABEL = labelOf('end_date');
/** The column that automatic mapping joins with it. */
const TIME_LABEL = 'End Time';
const DURATION = byId('duration') as ValueType;

/** What the message about a date asks for, and what an end may be besides. */
const DATE_ONLY = 'must be a date and time such as';
const TIME_OR_DATE = 'must be a time such as 14:30, or a date and time such as';

/** How an end is to be read: like the start beside it. */
export interface EndInput {
	value: unknown;
	start: Start;
	format?: DateFormat | undefined;
}

/** Elapsed minutes from the start to the end, and what the person has to check. */
export interface Length {
	minutes: number;
	warning?: string;
}

/** Why there is no length; `isMixed` if it depends on a zone that only Perculus knows. */
export type LengthResult = { value: Length } | { issue: string; isMixed?: true };

/** A date and time, or a time of day in milliseconds since midnight, on the day of the start. */
type ParsedEnd = ParsedDate | { kind: 'time'; at: number };

/** A day and a time from two columns, as automatic mapping joins them. */
const isPair = (value: unknown): value is { date: unknown; time: unknown } =>
	isObject(value) && 'date' in value && 'time' in value;

/** Whether digits that may be a time (14.07.31) are a date in the format, which comes first. */
const isDateIn = (format: DateFormat | undefined, value: unknown) =>
	format !== undefined &&
	typeof value === 'string' &&
	/\d\.\d+\.\d/.test(value) &&
	fromFormat(tidyDate(value), format) !== undefined;

/** An end as messages quote it. */
const quoteEnd = (value: unknown) =>
	isPair(value) && typeof value.date === 'string' && typeof value.time === 'string'
		? quote(`${value.date} ${value.time}`)
		: quote(value);

/**
 * Reads an end, before the start is known.
 *
 * @param zone IANA zone in which another node may have turned a day into an instant
 */
function parseEnd(
	value: unknown,
	format: DateFormat | undefined,
	zone: string,
): Reading<ParsedEnd> {
	if (isPair(value)) {
		const read = parseDate(value.date, LABEL, format);
		const day = 'value' in read ? dayOf(read.value, zone) : undefined;
		if (day === undefined) return read;
		const time = parseTimeOfDay(value.time, TIME_LABEL);
		return 'value' in time ? { value: { kind: 'wallClock', at: day + time.value } } : time;
	}
	const time = parseTimeOfDay(value, LABEL);
	if ('value' in time && !isDateIn(format, value))
		return { value: { kind: 'time', at: time.value } };
	const read = parseDate(value, LABEL, format);
	if ('issue' in read) return { issue: read.issue.replace(DATE_ONLY, TIME_OR_DATE) };
	return read.value.kind === 'date'
		? { issue: `${LABEL} has a day but no time of day; add the time to it, or leave it out` }
		: read;
}

/** A time of day as digits on the clock of the start: on its day, or on the next one if it is before the start's. */
function onDayOf(time: number, clock: number): number {
	const day = Math.floor(clock / DAY) * DAY;
	return day + time < clock ? day + time + DAY : day + time;
}

/** Milliseconds from the start to an end. */
function elapsed(end: ParsedEnd, start: Start): Reading<{ time: number; warning?: string }> {
	const startClock = Date.parse(`${start.clock}Z`);
	const at = end.kind === 'time' ? onDayOf(end.at, startClock) : end.at;
	const zone = (end.kind === 'wallClock' ? end.zone : undefined) ?? start.zone;
	if (start.instant === undefined || zone === undefined)
		return { value: { time: at - startClock } };
	const { instant } = start;
	if (end.kind === 'instant') return { value: { time: at - instant } };
	const instants = instantsOf(zone, at);
	const [first] = instants;
	if (first === undefined) return { issue: skippedTime(LABEL, at, zone) };
	const after = instants.filter((one) => one > instant);
	const time = (after[0] ?? first) - instant;
	return { value: { time, ...(after.length > 1 && { warning: repeatedTime(at, zone) }) } };
}

/**
 * Reads how long a session is from its end: a date with time, or a time of day on the day of the start. Text without
 * an offset is on the clock of the start's zone.
 */
function readEnd({ value, start, format }: EndInput): LengthResult {
	const read = parseEnd(value, format, start.zone ?? 'UTC');
	if ('issue' in read) return read;
	const end = read.value;
	const isFixed = end.kind === 'instant' || (end.kind === 'wallClock' && end.zone !== undefined);
	if (isFixed && start.instant === undefined) {
		return {
			isMixed: true,
			issue: `${LABEL} has an offset or a zone, but ${labelOf('start_date')} has none; write both the same way, or give the item's ${labelOf('timezone')}`,
		};
	}
	const length = elapsed(end, start);
	if ('issue' in length) return length;
	const { time, ...rest } = length.value;
	if (time <= 0)
		return { issue: `${LABEL} must be after the start; this item has ${quoteEnd(value)}` };
	return { value: { minutes: time / MINUTE, ...rest } };
}

/** Where an item's end is read: what it sets, and what was made of it so far. */
interface EndContext {
	record: FieldRecord;
	values: Values;
	start: Start | undefined;
	subject: Subject;
	format: DateFormat | undefined;
}

/** The duration that an end gives, or why it can't be taken. */
function durationFrom(minutes: number, given: unknown, value: unknown): Reading<unknown> {
	if (typeof given === 'number') {
		return Math.abs(minutes - given) < 1
			? { value: given }
			: {
					issue: `${LABEL} gives ${minutes} minutes, but ${DURATION.label} is ${given}; correct one of them, or leave one out`,
				};
	}
	const read = convert(minutes, DURATION);
	if ('value' in read) return read;
	const { min, max } = DURATION.range ?? {};
	return {
		issue: `${LABEL} must give a whole number of minutes from ${min} to ${max}; this item has ${quoteEnd(value)}, which gives ${Math.round(minutes * 100) / 100}`,
	};
}

/**
 * Turns an item's end into its duration, among the values to send. An end that gives none stays as it was given.
 *
 * @returns what the person has to check, of an end that was taken
 */
export function buildEnd({
	record,
	values,
	start,
	subject,
	format,
}: EndContext): string | undefined {
	const value = record.end_date;
	if (isEmpty(value)) return undefined;
	const keepGiven = (issue?: string) => {
		keepInvalid(values, 'end_date', value);
		if (issue !== undefined)
			values.issues.push(withColumn(issue, 'end_date', values.columns, LABEL));
		return undefined;
	};
	if (isFailed(value)) return keepGiven();
	if (!start) {
		const isStartGiven = !isEmpty(record.start_date) || !isEmpty(record.start_time);
		if (!isStartGiven && subject.kind === 'existing') {
			addMissing(
				values,
				`${LABEL} is set, but ${labelOf('start_date')} is missing; an update needs both, or the ${DURATION.label}`,
			);
		}
		const read = parseEnd(value, format, 'UTC');
		return keepGiven('issue' in read ? read.issue : undefined);
	}
	const read = readEnd({ value, start, format });
	// Whether the start has a zone depends on the session.
	if ('issue' in read)
		return keepGiven(read.isMixed && subject.kind === 'undecided' ? undefined : read.issue);
	if (values.invalid && 'duration' in values.invalid) return keepGiven();
	const { minutes, warning } = read.value;
	const duration = durationFrom(minutes, values.request.duration, value);
	if ('issue' in duration) return keepGiven(duration.issue);
	values.request.duration = duration.value as number;
	return warning;
}
