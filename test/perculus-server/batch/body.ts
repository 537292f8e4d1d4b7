import { errorAnswer, htmlAnswer, jsonAnswer, problemAnswer, type Answer } from '../http/answer';
import type { Switches } from '../switches';
import type { Json } from '../values/json';
import { textOf, type Problem, type TextName } from '../values/texts';

/** The most items of one request, and the error of those that have more. */
export interface Limit {
	items: number | null;
	code: number;
	text: TextName;
}

/** The items of a body, or the answer that refuses the whole of it before anything is applied. */
export function readList(body: Json, limit: Limit, switches: Switches): Json[] | Answer {
	const refused = (code: number, text: TextName) => errorAnswer(400, code, text, switches.language);
	if (!Array.isArray(body)) return refused(19, 'bodyInvalid');
	if (body.length === 0 && switches.emptyBatch === 'refused') return refused(19, 'bodyInvalid');
	if (limit.items === null || body.length <= limit.items) return body;
	return switches.batchLimitStatus === 413
		? htmlAnswer(413, '413 Request Entity Too Large')
		: refused(limit.code, limit.text);
}

/** The answer to a body with a value of a wrong type, where the switch does not leave it to the item. */
export function refuseMalformed(
	items: ReadonlyArray<{ index: number; malformed: readonly Problem[] }>,
	switches: Switches,
): Answer | null {
	const item = items.find(({ malformed }) => malformed.length > 0);
	if (!item || switches.malformed === 'perItem') return null;
	const text = textOf('malformed', switches.language);
	const field = item.malformed[0]?.field ?? '';
	const path = `$[${item.index}]${field && `.${field}`}`;
	if (switches.malformed === 'modelBinding')
		return problemAnswer(path, `The JSON value could not be read. Path: ${path}.`);
	if (switches.malformed === 'wholeBody19')
		return errorAnswer(400, 19, 'bodyInvalid', switches.language);
	return jsonAnswer(400, { code: 12, details: [`${path}: ${text}`] });
}
