import type { IDataObject } from 'n8n-workflow';

/** One entry of the `rejected` list, or of the details of code 13. */
export interface RejectedResult {
	/** The session as the API saw it, in one of two shapes, or null. */
	model: IDataObject | null;
	code: number | null;
	details: string[];
}

const MOST_DETAILS = 50;
const LONGEST_DETAIL = 500;

export const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The API's code in a state or in a body; some clients have met it as text. */
export function codeOf(state: unknown): number | null {
	if (!isObject(state)) return null;
	const code =
		typeof state.code === 'string' && state.code.trim() !== '' ? Number(state.code) : state.code;
	return typeof code === 'number' && Number.isInteger(code) ? code : null;
}

/**
 * The details of a state as sentences. Documented are a string and a list of strings; a validation model with
 * `Message`, and a typed server's object of lists by field, are read, too. Whole models are never shown.
 */
export function detailsOf(details: unknown): string[] {
	return flatten(details)
		.map((text) => text.trim().slice(0, LONGEST_DETAIL))
		.filter((text) => text !== '')
		.slice(0, MOST_DETAILS);
}

function flatten(details: unknown): string[] {
	if (typeof details === 'string') return [details];
	if (typeof details === 'number') return [String(details)];
	if (Array.isArray(details)) return details.flatMap(flatten);
	if (!isObject(details)) return [];
	const message = details.Message ?? details.message;
	if (typeof message === 'string') return [message];
	return Object.entries(details).flatMap(([field, value]) =>
		Array.isArray(value)
			? flatten(value.filter((entry) => typeof entry === 'string')).map(
					(text) => `${field}: ${text}`,
				)
			: [],
	);
}
