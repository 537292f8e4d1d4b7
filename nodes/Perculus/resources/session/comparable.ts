import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../transport/batchBody';
import type { Draft } from './session';
import { parseAnswerDate } from './start';

/** Values that tell sessions apart, by path; a path without a value is not in it. */
export type Values = ReadonlyMap<string, string>;

/** What one side tells of a session, by path: a value, or null where it tells that there is none. */
export type ComparableValues = ReadonlyMap<string, string | null>;

/** Fields that tell creates apart, beside the start. */
const PLAIN_FIELDS = [
	'name',
	'duration',
	'lang',
	'timezone',
	'tags',
	'description',
	'allow_recording',
	'inaccessible_replay',
];

/** `options.chat.offMessageModule`: nothing in a session lies deeper, whatever an answer has. */
const MOST_LEVELS = 3;

const NO_GUID = '00000000-0000-0000-0000-000000000000';

/** A GUID for comparing: any case, with or without braces. Undefined for null, empty, and the zero GUID of a create. */
export function normalGuid(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const text = value.trim().toLowerCase();
	const guid = text.startsWith('{') ? text.replace(/^\{(.*)\}$/, '$1') : text;
	return guid === '' || guid === NO_GUID ? undefined : guid;
}

/** The GUID in a result's model, in either shape. */
export function guidOf(model: IDataObject): string | undefined {
	return normalGuid(model.session_guid) ?? normalGuid(model.the_guid);
}

/** Nothing to normalise, no space too many: most names. */
const IS_TIDY = /^[!-~]+(?: [!-~]+)*$/;

/** A text for comparing when the server may have tidied it: Unicode form, outer and repeated spaces. */
export function tidy(text: string): string {
	return IS_TIDY.test(text) ? text : text.normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/** 'Weekly Café' and 'weekly cafe ☕' are one: what is left when a server strips what it does not like. */
export function loose(text: string): string {
	if (IS_TIDY.test(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}

function addLeaves(told: Map<string, string | null>, path: string, value: unknown, levels = 1) {
	if (value === null || value === '') {
		told.set(path, null);
	} else if (isObject(value)) {
		told.set(path, '{}');
		if (levels === MOST_LEVELS) return;
		// The internal model writes Chat.OffMessageModule where requests and views write chat.offMessageModule.
		for (const [key, inner] of Object.entries(value))
			addLeaves(told, `${path}.${key.toLowerCase()}`, inner, levels + 1);
	} else if (value !== undefined && typeof value !== 'object') {
		told.set(path, String(value));
	}
}

/** Options come as an object, or in the internal model as JSON text. */
function optionsOf(model: IDataObject): unknown {
	if (typeof model.ui_options !== 'string') return model.options;
	try {
		return JSON.parse(model.ui_options);
	} catch {
		return undefined;
	}
}

function valuesOf(model: IDataObject): Map<string, string | null> {
	const told = new Map<string, string | null>();
	for (const field of PLAIN_FIELDS) addLeaves(told, field, model[field]);
	addLeaves(told, 'options', optionsOf(model));
	return told;
}

/** A session that was sent or answered, as far as it can be compared. The values are read when they are needed: most sessions differ by name already. */
export class Comparable {
	private known: Values | undefined;

	constructor(private readonly model: IDataObject) {}

	/** The name, tidied; undefined where it is not told. */
	get name(): string | undefined {
		return typeof this.model.name === 'string' && this.model.name !== ''
			? tidy(this.model.name)
			: undefined;
	}

	get duration(): string {
		return String(this.model.duration ?? '');
	}

	/** Digits on the clock, and the instant where there is an offset. */
	get start(): { clock: string; instant?: number } | undefined {
		return parseAnswerDate(this.model.start_date);
	}

	/** In either model shape. */
	get guid(): string | undefined {
		return guidOf(this.model);
	}

	/** The internal model, as against a view. */
	get isEntity(): boolean {
		return 'the_guid' in this.model;
	}

	get values(): Values {
		return (this.known ??= new Map(
			[...this.told()].filter((entry): entry is [string, string] => entry[1] !== null),
		));
	}

	told(): Map<string, string | null> {
		return valuesOf(this.model);
	}
}

/** What was sent for an item; what was not sent is filled in by the server and tells nothing. */
export function comparableOf({ request }: Draft): Comparable {
	return new Comparable(request);
}
