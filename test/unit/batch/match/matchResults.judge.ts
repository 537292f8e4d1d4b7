import type { IDataObject } from 'n8n-workflow';

import type { SessionDraft } from '../../../../nodes/Perculus/resources/session/session';
import type { RejectedResult } from '../../../../nodes/Perculus/transport/batchBody';
import type { Truth } from './matchResults.answer';

/** A result as the server meant it: of the item with this index, or of none (-1). */
export interface Answered {
	index: number;
	view?: IDataObject;
	refusal?: RejectedResult;
}

const outcomeKeyOf = ({ refusal }: Answered): Truth => (refusal ? (refusal.code ?? 0) : 'approved');

const tidy = (text: unknown) => String(text).normalize('NFKC').trim().replace(/\s+/g, ' ');
const lower = (value: unknown) =>
	typeof value === 'object' && value !== null
		? Object.fromEntries(Object.entries(value).map(([key, one]) => [key.toLowerCase(), one]))
		: value;

/** The values by which sessions can be told apart, read in the plainest way. */
function valuesOf(model: IDataObject): Array<[string, unknown]> {
	const text = model.ui_options;
	const options = typeof text === 'string' ? (JSON.parse(text) as IDataObject) : model.options;
	const { chat, ...rest } = (lower(options ?? {}) ?? {}) as IDataObject;
	const nulls = options === null ? null : undefined;
	return [
		...['name', 'duration', 'lang', 'timezone', 'tags', 'description'].map(
			(field): [string, unknown] => [field, model[field]],
		),
		['start', typeof model.start_date === 'string' ? model.start_date.slice(0, 19) : undefined],
		['allow_rating', rest.allow_rating ?? (rest.allow_rating === null ? null : nulls)],
		[
			'offmessagemodule',
			chat === null ? null : ((lower(chat) as IDataObject)?.offmessagemodule ?? nulls),
		],
	];
}

const NONE: ReadonlySet<string> = new Set();

/** Whether a result may be an item's. The strict fields have not been changed by the server. */
function fits(draft: SessionDraft, answered: Answered, strict = NONE): boolean {
	const model = answered.refusal ? answered.refusal.model : (answered.view ?? null);
	const guid = model?.session_guid ?? model?.the_guid ?? null;
	if (draft.guid !== undefined && guid !== null) return String(guid).toLowerCase() === draft.guid;
	if (model === null || (guid === null && model.name === null)) return true;
	if (draft.guid !== undefined || model.name === null) return false;
	const got = new Map(valuesOf(model));
	return valuesOf(draft.request).every(([field, sent]) => {
		const value = got.get(field);
		if (sent === undefined)
			return !['tags', 'description'].includes(field) || value === null || value === undefined;
		if (value === undefined || (value === null && field === 'description')) return true;
		if (value === null) return !strict.has(field);
		return strict.has(field) ? value === sent : tidy(value) === tidy(sent);
	});
}

/** Fields in which items differ: only these tell whose a result is. */
function differing(drafts: readonly SessionDraft[]): Set<string> {
	const all = drafts.map(({ request }) => valuesOf(request));
	return new Set(
		all.flatMap((values) =>
			values.filter(([, value], at) => value !== all[0]?.[at]?.[1]).map(([field]) => field),
		),
	);
}

const nameOf = (name: unknown) => tidy(name).normalize('NFD').toLowerCase().replace(/\W/g, '');

type Group = [SessionDraft[], Answered[]];

/** Creates and results of one name; of one name, start and duration where each of these has as many results as items. */
function lookalikes(drafts: readonly SessionDraft[], answered: readonly Answered[]): Group[] {
	const groups = (keyOf: (model: IDataObject) => string, [items, results]: Group): Group[] =>
		[...new Set(items.map(({ request }) => keyOf(request)))].map((key) => [
			items.filter(({ request }) => keyOf(request) === key),
			results.filter(({ view, refusal }) => {
				const model = view ?? refusal?.model;
				return model && keyOf(model) === key;
			}),
		]);
	const creates = drafts.filter(({ guid }) => guid === undefined);
	return groups(({ name }) => nameOf(name), [creates, [...answered]]).flatMap((group) => {
		const pieces = groups(
			({ start_date, duration }) => `${String(start_date).slice(0, 19)} ${String(duration)}`,
			group,
		);
		return pieces.every(([items, results]) => items.length === results.length) ? pieces : [group];
	});
}

/**
 * How each item may have fared, by trying all ways to give results to items. Those count that leave the fewest items
 * without one; and if for items that look alike there is a way in which the server has changed nothing that tells them
 * apart, no other. (A server that tidies values cannot make up such a way: what is tidy stays as it is.)
 */
export function classify(
	drafts: readonly SessionDraft[],
	answered: readonly Answered[],
): Map<SessionDraft, Set<Truth | undefined>> {
	const strict = new Map<SessionDraft, Set<string>>();
	for (const [items, results] of lookalikes(drafts, answered)) {
		const fields = differing(items);
		const [first] = explanations(items, results, () => fields);
		if (items.length === results.length && first?.every((at) => at >= 0))
			for (const draft of items) strict.set(draft, fields);
	}
	const all = explanations(drafts, answered, (draft) => strict.get(draft));
	return new Map(
		drafts.map((draft, i) => {
			const outcomeKeys = all.map((one) => answered[one[i] ?? -1]);
			return [draft, new Set(outcomeKeys.map((result) => result && outcomeKeyOf(result)))];
		}),
	);
}

/** All ways to give results to items that leave the fewest items without one. */
function explanations(
	drafts: readonly SessionDraft[],
	answered: readonly Answered[],
	strictOf: (draft: SessionDraft) => ReadonlySet<string> | undefined,
): number[][] {
	const candidates = drafts.map((draft) =>
		answered.flatMap((one, at) => (fits(draft, one, strictOf(draft)) ? [at] : [])),
	);
	let best: number[][] = [];
	let most = -1;
	const given: number[] = [];
	const go = (paired: number) => {
		const i = given.length;
		if (i === drafts.length) {
			if (paired > most) [best, most] = [[], paired];
			if (paired === most) best.push([...given]);
			return;
		}
		for (const at of [...(candidates[i] ?? []), -1]) {
			if (at >= 0 && given.includes(at)) continue;
			given.push(at);
			go(paired + (at >= 0 ? 1 : 0));
			given.pop();
		}
	};
	go(0);
	return best;
}
