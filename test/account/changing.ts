import { isObject } from '../../nodes/Perculus/values/collections';
import { parseAnswerDate } from '../../nodes/Perculus/session/start';
import type { Api, View } from './api';
import { asAssumed, differs, notFoundOut, type Check, type Finding } from './finding';

const DAY = 24 * 3_600_000;

/** The digits of a start, so many days later. */
const digitsOf = (view: View, days: number) =>
	new Date(Date.parse(`${parseAnswerDate(view.start_date)?.clock ?? ''}Z`) + days * DAY)
		.toISOString()
		.slice(0, 19);

const optionOf = (view: View, key: string, group?: string): unknown => {
	const options = isObject(view.options) ? view.options : {};
	if (group === undefined) return options[key];
	const inner = options[group];
	return isObject(inner) ? inner[key] : undefined;
};

/** What can be found out by changing one session; `before` is that session as it was. */
export function changingChecks(api: Api, before: View): Check[] {
	return [
		{
			no: 11,
			assumption: 'An update changes what it sends, and leaves the other fields alone.',
			look: async () => await duration(api, before),
		},
		{
			no: 25,
			assumption: "A new 'description' is kept, whether the answer shows it or not.",
			look: async () => await description(api, before),
		},
		{
			no: 2,
			assumption: "An update changes only the settings in 'options' that it sends.",
			look: async () =>
				await merges(api, { allow_rating: false }, { allow_reactions: true }, (view) =>
					optionOf(view, 'allow_rating'),
				),
		},
		{
			no: 2,
			assumption: "The same holds for the settings within 'options.chat'.",
			look: async () =>
				await merges(
					api,
					{ chat: { offNewMsgSound: true } },
					{ chat: { offClearForReplay: true } },
					(view) => optionOf(view, 'offNewMsgSound', 'chat'),
				),
		},
		{
			no: 1,
			assumption: "A start ending in 'Z' is kept as the time on the clock in the session's zone.",
			look: async () => await start(api, before, 1, { timezone: before.timezone }),
		},
		{
			no: 12,
			assumption: "A start without a time zone means the clock of the session's own zone.",
			look: async () => await start(api, before, 2, {}),
		},
	];
}

/** Another length that the API takes. */
const otherLength = (view: View) =>
	Number(view.duration) >= 360 ? Number(view.duration) - 5 : Number(view.duration) + 5;

async function duration(api: Api, before: View): Promise<Finding> {
	const wanted = otherLength(before);
	const { view } = await api.change({ duration: wanted });
	if (view.duration !== wanted)
		return differs(`the answer has a duration of ${String(view.duration)}`);
	const now = await api.read();
	const others = ['name', 'description', 'tags', 'start_date', 'timezone', 'lang'].filter(
		(key) => now[key] !== before[key],
	);
	return others.length === 0 ? asAssumed('') : differs(`it changed ${others.join(', ')}, too`);
}

async function description(api: Api, before: View): Promise<Finding> {
	// An empty one might not be had back: how a field is cleared is not documented.
	if (typeof before.description !== 'string' || before.description === '')
		return notFoundOut('give the session a description first');
	const text = `${before.description} (checked)`;
	const { view } = await api.change({ description: text });
	if (view.description === text) return asAssumed('the answer shows it');
	const now = await api.read();
	return now.description === text
		? asAssumed('the answer does not show it, the search does')
		: differs('it is not found in the session');
}

async function merges(
	api: Api,
	first: View,
	second: View,
	valueIn: (view: View) => unknown,
): Promise<Finding> {
	await api.change({ options: first });
	const set = valueIn(await api.read());
	const [key = ''] = Object.keys(first);
	const wanted = isObject(first[key]) ? Object.values(first[key])[0] : first[key];
	if (set !== wanted) return notFoundOut('the setting to watch could not be set');
	await api.change({ options: second });
	return valueIn(await api.read()) === wanted
		? asAssumed('')
		: differs('settings that are not sent fall back');
}

async function start(api: Api, before: View, days: number, zone: View): Promise<Finding> {
	const was = parseAnswerDate(before.start_date);
	if (was?.instant === undefined) return notFoundOut('its start cannot be read');
	if (was.instant < Date.now()) return notFoundOut('the session has begun; name one of the future');
	const isUtc = Date.parse(`${was.clock}Z`) === Math.floor(was.instant / 1000) * 1000;
	if (isUtc) return notFoundOut('its time zone is as UTC there; name a session of another zone');
	const digits = digitsOf(before, days);
	await api.change({ start_date: `${digits}Z`, ...zone });
	const now = await api.read();
	if (parseAnswerDate(now.start_date)?.clock === digits && now.timezone === before.timezone)
		return asAssumed('');
	return differs(`${digits}Z became ${String(now.start_date)} in ${String(now.timezone)}`);
}
