import { detailsOf, errorAnswer, htmlAnswer, jsonAnswer, modelBindingAnswer } from './answers';
import type { Answer } from './answers';
import type { Switches } from './switches';
import { isObject, own, shuffled, type Json, type JsonObject } from './values';

/** An item of a request's array after its types were checked. */
export interface Item<Fields = object> {
	sent: JsonObject | null; // null when it isn't an object
	fields: Partial<Fields>; // without null (assumed: it changes nothing) and values of a wrong type
	malformed: string[]; // paths of values of a wrong type, '' for the item as a whole
	unknown: string[]; // paths of names that the API doesn't have
}

/** A preset of null is a yes/no value. */
export const isOfType = (value: Json, preset: Json) =>
	typeof value === (preset === null ? 'boolean' : typeof preset) &&
	!Array.isArray(value) &&
	(typeof value !== 'number' || Number.isInteger(value));

/** @param presets each field with a value of its type */
export function readFields<Fields extends object>(body: Json, presets: Fields): Item<Fields> {
	const sent = isObject(body) ? body : null;
	const unknown = Object.keys(sent ?? {}).filter((key) => !Object.hasOwn(presets, key));
	const item: Item<Fields> = { sent, fields: {}, malformed: sent ? [] : [''], unknown };
	for (const [field, preset] of Object.entries(presets) as Array<[string, Json]>) {
		const value = (sent && own(sent, field)) ?? null;
		if (value === null) continue;
		if (isOfType(value, preset)) Object.assign(item.fields, { [field]: value });
		else item.malformed.push(field);
	}
	return item;
}

/** `validation`: refused for its own values. `later`: refused for what the account holds. */
export type Stage = 'validation' | 'later';

export interface Refusal {
	code: number;
	details?: Json;
}

export type Refused = Refusal & { stage: Stage };
export type Outcome = { view: JsonObject } | Refused;

/** Refused with one of the API's own codes. */
export function refused(code: number, texts: string[], switches: Switches): Refused {
	const stage = code === 12 ? 'validation' : 'later';
	return { code, details: detailsOf(code, texts, switches), stage };
}

export const refusedByTest = (refusal: Refusal | null): Refused | null =>
	refusal && { details: 'refused', stage: 'later', ...refusal };

interface Kind<T extends Item> {
	switches: Switches;
	limit: [code: number, text: string]; // of a batch that is too large
	read: (sent: Json) => T;
	apply: (item: T, index: number) => Outcome; // saves the item, or says why not
	model: (item: T, refused: Refused) => JsonObject | null; // of a rejected item
	stranger: (number: number) => JsonObject; // wasn't asked for, and is only in the response
	always200?: boolean;
}

/** Documented: an array in, `{approved, rejected}` without an index out; 200, 207 or 400. */
export function answerBatch<T extends Item>(body: Json, kind: Kind<T>): Answer {
	const { switches } = kind;
	const { batchLimit, omit, seed } = switches;
	if (!Array.isArray(body)) return errorAnswer(400, 19, 'Invalid request body.', switches);
	if (batchLimit !== null && body.length > batchLimit)
		return switches.batchLimitStatus === 413
			? htmlAnswer(413, '413 Request Entity Too Large')
			: errorAnswer(400, ...kind.limit, switches);
	const items = body.map((sent) => kind.read(sent));
	const bad = items.findIndex(({ malformed }) => malformed.length > 0);
	if (bad >= 0 && switches.malformed !== 'perItem') {
		const path = [`$[${bad}]`, items[bad]?.malformed[0]].filter(Boolean).join('.');
		if (switches.malformed === 'modelBinding') return modelBindingAnswer(path);
		return jsonAnswer(400, { code: 12, details: [`${path}: Invalid value.`] });
	}

	const outcomes = items.map((item, index) => {
		const texts = item.malformed.map((field) => `${field || 'item'}: Invalid value.`);
		const outcome = texts.length > 0 ? refused(12, texts, switches) : kind.apply(item, index);
		return { item, index, outcome };
	});
	const failures = outcomes.filter(({ outcome }) => !('view' in outcome)).length;
	const status = failures === 0 ? 200 : failures < items.length ? 207 : 400;
	const omitted =
		typeof omit === 'number'
			? new Set(shuffled(outcomes, seed).slice(0, omit))
			: new Set(outcomes.filter(({ item, index }) => omit(item.sent ?? {}, index)));
	const shown = outcomes.filter((one) => !omitted.has(one));
	const approved = shown.flatMap(({ outcome }) => ('view' in outcome ? [outcome.view] : []));
	for (let at = 1; at <= switches.stranger; at++) approved.push(kind.stranger(at));
	const rejections = shown.flatMap(({ item, outcome }) => {
		if ('view' in outcome) return [];
		const { code, details, stage } = outcome;
		return [{ model: kind.model(item, outcome), state: { code, details }, stage }];
	});
	const rejected = inOrder(rejections, switches).map(({ model, state }) => ({ model, state }));
	if (status === 400 && switches.allFailedBody === 'code13')
		return jsonAnswer(400, { code: 13, details: rejected });
	const lists = { approved: inOrder(approved, switches), rejected };
	return jsonAnswer(kind.always200 ? 200 : status, lists);
}

/** Inferred from the sample (documented): later refusals come before failed validations. */
function inOrder<T extends { stage?: Stage }>(items: T[], { order, seed }: Switches): T[] {
	const last = ({ stage }: T) => Number(stage === 'validation');
	if (order === 'documented') return items.sort((one, other) => last(one) - last(other));
	if (order === 'reversed') return items.reverse();
	return order === 'shuffled' ? shuffled(items, seed) : items;
}
