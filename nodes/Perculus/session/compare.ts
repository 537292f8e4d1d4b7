import type { IDataObject } from 'n8n-workflow';

import type { Comparer, Comparison } from '../batch/possiblePairs';
import type { Identity } from '../batch/types';
import { isObject } from '../values/collections';
import { isNoDate } from '../values/dates/dateParts';
import { normalGuid, tidy } from '../values/text';
import type { SessionDraft } from './draft';
import { foldReference, referencesIn } from './reference';
import { parseAnswerDate } from './start';

/** What is compared of a draft. */
export type SentSession = Pick<SessionDraft, 'request' | 'guid' | 'start'>;

/** The GUID in a result's model, in either shape. */
const modelGuid = ({ session_guid, the_guid }: IDataObject): string | undefined =>
	normalGuid(session_guid) ?? normalGuid(the_guid);

/** Whether a model, in either shape, is the session with this GUID. */
export const isSession =
	(guid: string) =>
	(model: IDataObject): boolean =>
		modelGuid(model) === normalGuid(guid);

/** The GUID of a view as the API wrote it. */
export const viewGuid = ({ session_guid }: IDataObject): string | undefined =>
	typeof session_guid === 'string' && session_guid !== '' ? session_guid : undefined;

/** What identifies a session in a response. */
export const SESSION_IDENTITY: Identity = {
	key: 'session_guid',
	words: 'a GUID',
	of: viewGuid,
};

/** All references of a session, in any order and case; '' for none. */
const referencesOf = ({ tags }: IDataObject): string =>
	referencesIn(tags).map(foldReference).sort().join(',');

const nameOf = ({ name }: IDataObject): string => (typeof name === 'string' ? tidy(name) : '');

const secondsOf = (instant: number | undefined): string[] =>
	instant === undefined ? [] : [`@${Math.floor(instant / 1000)}`];

/** The digits of the start that was sent. */
const sentClock = ({ request }: SentSession): string | undefined =>
	parseAnswerDate(request.start_date)?.clock;

/** The start in each form in which it may come back: its digits, and the instant as written and as meant. */
function startsOf({ request, start }: SentSession): string[] {
	const { clock, instant } = parseAnswerDate(request.start_date) ?? {};
	if (clock === undefined) return [];
	// With an offset, the digits in UTC may come back beside another one.
	const inUtc = instant === undefined ? clock : new Date(instant).toISOString().slice(0, 19);
	return [clock, inUtc, ...secondsOf(instant), ...secondsOf(start?.instant)];
}

function returnedStart({ start_date }: IDataObject): string[] | undefined {
	const start = parseAnswerDate(start_date);
	if (!start || isNoDate(start.clock)) return undefined;
	return [start.clock, ...secondsOf(start.instant)];
}

/** Compared in a way of their own. */
const COMPARED_SEPARATELY: ReadonlySet<string> = new Set([
	'session_guid',
	'name',
	'start_date',
	'duration',
]);
/** A server fills in language, zone and options, but not these. */
const NEVER_FILLED_IN = ['tags', 'description'];
/** `options.chat.offMessageModule`: nothing of a session is nested deeper. */
const MOST_LEVELS = 3;

/** Adds each value that is stated, in a form for comparing. The entity writes Chat.OffMessageModule, the view chat.offMessageModule. */
function addValues(values: Map<string, string>, path: string, value: unknown, levels = 1): void {
	if (isObject(value)) {
		if (levels === MOST_LEVELS) return;
		for (const [key, inner] of Object.entries(value))
			addValues(values, `${path}.${key.toLowerCase()}`, inner, levels + 1);
	} else if (value !== null && value !== undefined && value !== '' && typeof value !== 'object') {
		const text = tidy(String(value)).toLowerCase();
		const tags = () => text.split(',').map((tag) => tag.trim());
		values.set(path, path === 'tags' ? tags().sort().join(',') : text);
	}
}

/** Options are an object, or in the entity JSON text. */
function optionsOf({ options, ui_options: text }: IDataObject): unknown {
	if (typeof text !== 'string') return options;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function valuesOf(model: IDataObject, fields: Iterable<string>): Map<string, string> {
	const values = new Map<string, string>();
	for (const field of fields)
		addValues(values, field, field === 'options' ? optionsOf(model) : model[field]);
	return values;
}

/** Whether all else is equal that both sides state. */
function valueComparison(drafts: readonly SentSession[], models: readonly IDataObject[]) {
	const fields = new Set(NEVER_FILLED_IN);
	for (const { request } of drafts) for (const field in request) fields.add(field);
	for (const field of COMPARED_SEPARATELY) fields.delete(field);
	const sent = new Map(drafts.map((draft) => [draft, valuesOf(draft.request, fields)]));
	const returned = new Map(models.map((model) => [model, [...valuesOf(model, fields)]]));
	const values = new Set<string>();
	const counts = new Map<string, number>();
	for (const one of sent.values()) {
		for (const [path, value] of one) {
			values.add(`${path} ${value}`);
			counts.set(path, (counts.get(path) ?? 0) + 1);
		}
	}
	/** No draft has it and servers don't fill it in, so it was sent in another form. */
	const isRewritten = (path: string, value: string) =>
		!values.has(`${path} ${value}`) &&
		(NEVER_FILLED_IN.includes(path) || counts.get(path) === drafts.length);
	return (draft: SentSession, model: IDataObject) =>
		(returned.get(model) ?? []).every(([path, value]) => {
			const own = sent.get(draft)?.get(path);
			if (own === undefined) return !NEVER_FILLED_IN.includes(path);
			return own === value || isRewritten(path, value);
		});
}

/** Whether each digits that were sent came back: then the server keeps them, and instants say nothing. */
function haveKeptDigits(drafts: readonly SentSession[], models: readonly IDataObject[]): boolean {
	const left = new Map<string, number>();
	for (const model of models) {
		const clock = returnedStart(model)?.[0] ?? '';
		left.set(clock, (left.get(clock) ?? 0) + 1);
	}
	return drafts.every((draft) => {
		const clock = sentClock(draft) ?? '';
		const count = left.get(clock) ?? 0;
		left.set(clock, count - 1);
		return count > 0;
	});
}

function compare(
	drafts: readonly SentSession[],
	models: readonly IDataObject[],
): Comparison<SentSession> {
	const areNew = drafts.some(({ guid }) => guid === undefined);
	const onlyDigits = haveKeptDigits(drafts, models);
	const valuesFit =
		drafts.length + models.length > 2 ? valueComparison(drafts, models) : () => true;
	return {
		sentStarts: (draft) => (onlyDigits ? [sentClock(draft) ?? ''] : startsOf(draft)),
		returnedStarts: (model) =>
			areNew ? returnedStart(model)?.slice(0, onlyDigits ? 1 : undefined) : undefined,
		fits: (draft, model) => {
			const { request, guid } = draft;
			if (guid !== undefined) return modelGuid(model) === guid;
			const { duration } = model;
			if (duration != null && String(duration) !== String(request.duration)) return false;
			const references = referencesOf(model);
			if (references !== '' && references !== referencesOf(request)) return false;
			return valuesFit(draft, model);
		},
	};
}

/** How results of sessions are compared with items: updates by GUID, creates by reference, name and values. */
export const SESSION_COMPARER: Comparer<SentSession> = {
	sent({ guid, request }) {
		if (guid !== undefined) return { matchKeys: [`guid ${guid}`], name: '' };
		const references = referencesOf(request);
		return {
			matchKeys: references === '' ? [] : [`reference ${references}`],
			name: nameOf(request),
		};
	},
	returned(model) {
		const [guid, references] = [modelGuid(model), referencesOf(model)];
		const keys = guid === undefined ? [] : [`guid ${guid}`];
		if (references !== '') keys.push(`reference ${references}`);
		return { matchKeys: keys, name: nameOf(model), created: guid };
	},
	compare,
};
