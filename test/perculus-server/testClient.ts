import { ACCESS_KEY, SECRET_KEY, bearerToken, type JsonObject, type PerculusServer } from '.';
import type { Json } from './values';

export interface Rejected {
	model: JsonObject | null;
	state: { code: number; details?: Json };
}

/** What the tests read of any answer; they know which parts to expect. */
interface Body {
	approved: JsonObject[];
	rejected: Rejected[];
	code: number;
	details: Json;
}

export interface Reply<T = Body> {
	status: number;
	headers: Headers;
	text: string;
	body: T;
}

export const SIGNED = {
	Authorization: `Bearer ${bearerToken(ACCESS_KEY, SECRET_KEY)}`,
	'Content-Type': 'application/json',
};

export async function call<T = Body>(
	server: PerculusServer,
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = SIGNED,
): Promise<Reply<T>> {
	const response = await fetch(server.url + path, {
		method,
		headers,
		redirect: 'manual',
		body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
	});
	const text = await response.text();
	let parsed: unknown = text;
	try {
		parsed = JSON.parse(text);
	} catch {
		// Some answers are meant to be no JSON.
	}
	return { status: response.status, headers: response.headers, text, body: parsed as T };
}

export const batch = (server: PerculusServer, body: unknown) =>
	call(server, 'POST', '/xapi/v2/session/batch', body);

export const search = (server: PerculusServer, filter: unknown = {}) =>
	call<JsonObject[]>(server, 'POST', '/xapi/v2/session/search', filter);

export const attendeeBatch = (server: PerculusServer, session: string, body: unknown) =>
	call(server, 'POST', `/xapi/v2/session/${session}/attendee/batch`, body);
