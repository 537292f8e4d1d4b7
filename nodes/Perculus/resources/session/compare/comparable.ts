import type { IDataObject } from 'n8n-workflow';

import type { Catalogue } from '../../../batch/read/catalogue';
import { isObject } from '../../../values/isObject';
import { tidy } from '../../../values/tidy';
import { SESSION_CATALOGUE } from '../fields';
import { guidOf } from './identity';
import type { SessionDraft } from '../session';
import { parseAnswerDate } from '../build/start';

/** Values that tell sessions apart, by path; a path without a value is not in it. */
export type Values = ReadonlyMap<string, string>;

/** Ids of the top-level fields that results repeat, the start apart. */
export const echoedIn = ({ fields }: Catalogue): string[] =>
	fields.flatMap(({ id, echoed }) => (echoed ? [id] : []));

const ECHOED = echoedIn(SESSION_CATALOGUE);

/** `options.chat.offMessageModule`: nothing in a session lies deeper, whatever an answer has. */
const MOST_LEVELS = 3;

function addLeaves(values: Map<string, string | null>, path: string, value: unknown, levels = 1) {
	if (value === null || value === '') {
		values.set(path, null);
	} else if (isObject(value)) {
		values.set(path, '{}');
		if (levels === MOST_LEVELS) return;
		// The internal model writes Chat.OffMessageModule where requests and views write chat.offMessageModule.
		for (const [key, inner] of Object.entries(value))
			addLeaves(values, `${path}.${key.toLowerCase()}`, inner, levels + 1);
	} else if (value !== undefined && typeof value !== 'object') {
		values.set(path, String(value));
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

function valuesOf(model: IDataObject, fields: readonly string[]): Map<string, string | null> {
	const values = new Map<string, string | null>();
	for (const field of fields) addLeaves(values, field, model[field]);
	addLeaves(values, 'options', optionsOf(model));
	return values;
}

/** The name as it stands in a model; undefined where it is not told. */
export function nameOf({ name }: IDataObject): string | undefined {
	return typeof name === 'string' && name !== '' ? name : undefined;
}

/** A session that was sent or answered, as far as it can be compared. The values are read when they are needed: most sessions differ by name already. */
export class Comparable {
	private known: Values | undefined;

	constructor(private readonly model: IDataObject) {}

	/** The name, tidied; undefined where it is not told. */
	get name(): string | undefined {
		const name = nameOf(this.model);
		return name === undefined ? undefined : tidy(name);
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

	get values(): Values {
		return (this.known ??= new Map(
			[...this.compared()].filter((entry): entry is [string, string] => entry[1] !== null),
		));
	}

	/**
	 * All that it tells, and null where it tells that there is none.
	 *
	 * @param fields ids of the top-level fields that are compared
	 */
	compared(fields: readonly string[] = ECHOED): Map<string, string | null> {
		return valuesOf(this.model, fields);
	}
}

/** What was sent for an item; what was not sent is filled in by the server and tells nothing. */
export function comparableOf({ request }: SessionDraft): Comparable {
	return new Comparable(request);
}
