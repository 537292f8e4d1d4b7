import { own, type Json, type JsonObject } from './values';
import type { Switches } from './switches';

/** A response before it is sent. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

const typed = (status: number, type: string, body: string): Answer => {
	return { status, headers: { 'Content-Type': `${type}; charset=utf-8` }, body };
};

export const emptyAnswer = (status: number): Answer => ({ status, headers: {}, body: '' });

export const textAnswer = (status: number, body: string) =>
	typed(status, /^\s*</.test(body) ? 'text/html' : 'text/plain', body);

/** A page, as of a proxy. */
export const htmlAnswer = (status: number, heading: string) =>
	textAnswer(status, `<!DOCTYPE html><title>${heading}</title><h1>${heading}</h1>`);

export const jsonAnswer = (status: number, body: unknown) =>
	typed(status, 'application/json', JSON.stringify(body));

/** Documented: `{code, details}` where the whole request is refused. Inferred: 404 likewise. */
export const errorAnswer = (status: number, code: number, text: string, switches: Switches) =>
	jsonAnswer(status, { code, details: translate(text, switches) });

export const sessionNotFound = (switches: Switches) =>
	errorAnswer(404, 30, 'session_not_found', switches);

/** Assumed: how a typed server refuses a body that it can't bind, without a code of the API. */
export function modelBindingAnswer(path: string): Answer {
	const errors = { [path]: [`The JSON value could not be read. Path: ${path}.`] };
	const title = 'One or more validation errors occurred.';
	return typed(400, 'application/problem+json', JSON.stringify({ title, status: 400, errors }));
}

/** Documented: that there are Turkish texts. */
const TURKISH: Record<string, string> = {
	'Invalid session start date.': 'Geçersiz oturum başlangıç tarihi.',
	session_not_found: 'Oturum bulunamadı.',
};
const translate = (text: string, switches: Switches) =>
	(switches.language === 'tr' && TURKISH[text]) || text;

/** Documented: a failed validation has a list of texts, a later refusal a single one. */
export function detailsOf(code: number, texts: readonly string[], switches: Switches) {
	const said = texts.map((text) => translate(text, switches));
	const { details: shape } = switches;
	if (shape === 'absent') return undefined;
	if (shape === 'array' || (shape === 'documented' && code === 12)) return said;
	if (shape !== 'objects') return said.join(' ');
	return said.map((Message) => ({ Field: '', Message, Key: '', Parameters: [] }));
}

/** The page that `page_number` and `page_size` ask for; null where its number is refused. */
export function pageOf<T>(found: readonly T[], filter: JsonObject, switches: Switches): T[] | null {
	const whole = (value: Json | undefined, fallback: number) =>
		Number.isInteger(value) ? (value as number) : fallback;
	const { pageSizeMax, firstPage, pageBelowFirst } = switches;
	// Assumed: ten sessions where no size is asked for.
	const size = Math.min(Math.max(whole(own(filter, 'page_size'), 10), 1), pageSizeMax);
	const page = whole(own(filter, 'page_number'), firstPage) - firstPage;
	if (page < 0 && pageBelowFirst !== 'first') return pageBelowFirst === 'empty' ? [] : null;
	return found.slice(Math.max(page, 0) * size, (Math.max(page, 0) + 1) * size);
}
