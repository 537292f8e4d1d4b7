import { isObject } from '../../nodes/Perculus/values/collections';
import { parseAnswerDate } from '../../nodes/Perculus/session/start';
import { NoAnswer, type Api, type View } from './api';

const FIELDS = ['duration', 'description', 'tags', 'timezone'];

/** What there is of an object; nulls cannot be sent. */
function present(value: unknown): View {
	if (!isObject(value)) return {};
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, inner]) => inner !== null)
			.map(([key, inner]) => [key, isObject(inner) ? present(inner) : inner]),
	);
}

const isSameStart = (one: View, other: View) =>
	parseAnswerDate(one.start_date)?.instant === parseAnswerDate(other.start_date)?.instant;

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** The fields in which two views differ, options each for itself. */
function differences(before: View, now: View): string[] {
	const keys = Object.keys(before).filter(
		(key) => !['updating_date', 'options', 'start_date'].includes(key),
	);
	const options = isObject(before.options) ? before.options : {};
	const nowOptions = isObject(now.options) ? now.options : {};
	return [
		...keys.filter((key) => !isSame(before[key], now[key])),
		...(isSameStart(before, now) ? [] : ['start_date']),
		...Object.keys(options)
			.filter((key) => !isSame(options[key], nowOptions[key]))
			.map((key) => `options.${key}`),
	];
}

/**
 * Puts the session back as it was, sending only what is no longer so. How the API reads a start is what the check is
 * about, so the start is written in the one way and, if that is not it, in the other.
 *
 * @returns one line for each field that could not be put back; none when all is as before
 */
export async function restore(api: Api, before: View): Promise<string[]> {
	let left = differences(before, await api.read());
	if (left.length === 0) return [];

	const clock = parseAnswerDate(before.start_date)?.clock ?? '';
	for (const start of [`${clock}Z`, String(before.start_date), clock]) {
		const fields = FIELDS.filter((key) => left.includes(key) && before[key] !== null);
		const changes = {
			...Object.fromEntries(fields.map((key) => [key, before[key]])),
			...(left.some((key) => key.startsWith('options.')) && { options: present(before.options) }),
			...(left.includes('start_date') && { start_date: start, timezone: before.timezone }),
		};
		try {
			await api.change(changes);
		} catch (error) {
			if (!(error instanceof NoAnswer)) throw error;
		}
		left = differences(before, await api.read());
		if (left.length === 0) return [];
	}
	return left.map((key) => `${key} was ${text(before, key)}`);
}

function text(view: View, key: string): string {
	const option = key.startsWith('options.') ? key.slice('options.'.length) : undefined;
	const options = isObject(view.options) ? view.options : {};
	return JSON.stringify(option === undefined ? view[key] : options[option]);
}
