import { createHash } from 'node:crypto';

import { NodeOperationError, type IDataObject, type IPollFunctions } from 'n8n-workflow';

import { readFilters } from '../Perculus/actions/session/filtersParameter';
import { quote } from '../Perculus/values/text';
import { zoneName } from '../Perculus/values/zones';
import { SAMPLE_DAYS, type TriggerOn, type Watch } from './events';

/** Ten years: dates end somewhere. */
const MOST_DAYS = 3650;
const MINUTES_A_DAY = 1440;

/** A number of at least 0, or a text of one, such as an expression gives. */
function readAmount(context: IPollFunctions, value: unknown, label: string): number {
	const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof amount === 'number' && amount >= 0) return amount;
	throw new NodeOperationError(
		context.getNode(),
		`'${label}' must be a number of at least 0, but is ${quote(value)}`,
	);
}

/**
 * Reads what fires from the parameters.
 *
 * @throws NodeOperationError where one is no setting, or an expression doesn't work
 */
export function readWatch(context: IPollFunctions): { watch: Watch; isSimplified: boolean } {
	const read = (name: string, fallback: unknown) => context.getNodeParameter(name, fallback);
	const raw = (name: string) =>
		context.getNodeParameter(name, '', { rawExpressions: true }) as IDataObject[string];

	const triggerOn = read('triggerOn', 'sessionStarting') as TriggerOn;
	const options = read('options', {}) as IDataObject;
	const filters = readFilters(
		read('filters', {}) as IDataObject,
		zoneName(context.getTimezone()) ?? 'UTC',
	);
	if ('issues' in filters)
		throw new NodeOperationError(context.getNode(), filters.issues.join('. '));
	const minutes =
		triggerOn === 'sessionStarting'
			? readAmount(context, read('minutesBefore', 60), 'Minutes Before')
			: readAmount(context, read('minutesAfter', 30), 'Minutes After');
	const readDays = (value: unknown, label: string) =>
		Math.min(Math.floor(readAmount(context, value, label)), MOST_DAYS);

	// As written in the panel: an expression may give another value at each poll.
	const { name, tags } = raw('filters') as IDataObject;
	const { daysBack, daysAhead } = raw('options') as IDataObject;
	const written = [triggerOn, name, tags, raw('minutesAfter'), daysBack, daysAhead];
	return {
		watch: {
			triggerOn,
			minutes: Math.min(minutes, MOST_DAYS * MINUTES_A_DAY),
			daysBack: readDays(options.daysBack ?? 1, 'Days Back'),
			daysAhead: readDays(options.daysAhead ?? 90, 'Days Ahead'),
			filters,
			settings: createHash('sha256')
				.update(JSON.stringify(written))
				.digest('base64url')
				.slice(0, 12),
		},
		isSimplified: options.simplify !== false,
	};
}

/** What was searched when there is no sample: message and description. */
export function noSample({
	triggerOn,
	daysBack,
	daysAhead,
	filters: { name, tags },
}: Watch): [string, { description: string }] {
	const count = (days: number) => `${days} ${days === 1 ? 'day' : 'days'}`;
	const window = `start from ${count(daysBack)} ago to ${count(daysAhead)} ahead`;
	const days = {
		sessionStarting: `start in the next ${SAMPLE_DAYS.ahead} days`,
		sessionEnded: `ended in the last ${SAMPLE_DAYS.back} days`,
		sessionCreated: window,
		sessionUpdated: window,
	};
	const conditions = [
		...(name === undefined ? [] : [`a name that contains ${quote(name)}`]),
		...(tags === undefined ? [] : [`the tags ${quote(tags.join(', '))}`]),
	];
	const filtered = conditions.length > 0 ? ` and have ${conditions.join(' and ')}` : '';
	const changeable = [
		...(conditions.length > 0 ? ['filters'] : []),
		...(days[triggerOn] === window ? ['options'] : []),
	];
	const change = changeable.length > 0 ? `, or change the ${changeable.join(' or ')}` : '';
	return [
		`No sessions found that ${days[triggerOn]}${filtered}`,
		{ description: `A test event needs such a session. Create one in Perculus${change}.` },
	];
}
