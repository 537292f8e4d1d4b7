import { textOf, type Language, type TextName } from '../values/texts';

/** An answer before it goes out: a text body with its type, or none. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

export function jsonAnswer(status: number, body: unknown): Answer {
	return {
		status,
		headers: { 'Content-Type': 'application/json; charset=utf-8' },
		body: JSON.stringify(body),
	};
}

export function htmlAnswer(status: number, heading: string): Answer {
	return {
		status,
		headers: { 'Content-Type': 'text/html; charset=utf-8' },
		body: `<!DOCTYPE html><html><head><title>${heading}</title></head><body><h1>${heading}</h1></body></html>`,
	};
}

export function emptyAnswer(status: number): Answer {
	return { status, headers: {}, body: '' };
}

/** Documented: errors of a whole request are `{code, details}`. */
export function errorAnswer(
	status: number,
	code: number,
	text: TextName,
	language: Language,
): Answer {
	return jsonAnswer(status, { code, details: textOf(text, language) });
}

/** Inferred: 404 with the code of what isn't there. With the switch, a page without any code. */
export function notFoundAnswer(
	code: number,
	text: TextName,
	{ notFoundBody, language }: { notFoundBody: 'code' | 'page'; language: Language },
): Answer {
	return notFoundBody === 'page'
		? htmlAnswer(404, '404 Not Found')
		: errorAnswer(404, code, text, language);
}

/** Assumed: how a typed server refuses a body it cannot bind, without any code of the API. */
export function problemAnswer(path: string, text: string): Answer {
	return {
		status: 400,
		headers: { 'Content-Type': 'application/problem+json; charset=utf-8' },
		body: JSON.stringify({
			type: 'https://tools.ietf.org/html/rfc9110#section-15.5.1',
			title: 'One or more validation errors occurred.',
			status: 400,
			errors: { [path]: [text] },
			traceId: '00-00000000000000000000000000000000-0000000000000000-00',
		}),
	};
}
