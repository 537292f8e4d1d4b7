import { createHash } from 'node:crypto';
import { emptyAnswer, errorAnswer, htmlAnswer, sessionNotFound, type Answer } from './answers';
import { answerAttendee, answerAttendeeSearch } from './attendee';
import { answerAttendeeBatch } from './attendeeBatch';
import { readClock } from './dates';
import { answerReport } from './report';
import { answerSessionBatch } from './sessionBatch';
import { answerDelete, answerGet, answerSearch } from './sessionSearch';
import { rosterOf, type Store } from './store';
import type { Switches } from './switches';
import { parseJson, type Json } from './values';

/** Documented: the paths and methods. `:` stands for any one segment. */
const ROUTES = [
	['batch', ['POST'], '/session/batch'],
	['search', ['POST'], '/session/search'],
	['get', ['GET'], '/session/:'],
	['delete', ['DELETE'], '/session/:'],
	['attendeeBatch', ['POST'], '/session/:/attendee/batch'],
	['attendeeSearch', ['POST'], '/session/:/attendee/search'],
	['attendeeGet', ['GET'], '/session/:/attendee/:'],
	['attendeeDelete', ['DELETE'], '/session/:/attendee/:'],
	// The docs and the vendor's client differ in the method; the switch decides.
	['report', ['POST', 'GET'], '/report/session/:'],
	['reportAttendees', ['POST', 'GET'], '/report/session/:/attendees'],
] as const;

/** The routes by the names that faults and tests use. */
export type Route = (typeof ROUTES)[number][0];

export interface Target {
	route: Route;
	method: string;
	guid: string; // of the session; '' where the path has none
	attendee: string; // an attendance code, an email address or a user's GUID
}

/** As HTTP servers do, it resolves `.` and `..` (also `%2e`): a DELETE of the attendee `..` deletes the session. */
export function targetOf(method: string, path: string, switches: Switches): Target | null {
	const plain = path.split(/[?#]/, 1)[0] ?? '';
	if (!plain.startsWith('/') || !URL.canParse(`http://host${plain}`)) return null;
	const { pathname } = new URL(`http://host${plain}`);
	const base = switches.basePaths.find((prefix) => pathname.startsWith(`${prefix}/`));
	if (base === undefined) return null;
	const segments = pathname.slice(base.length).replace(/\/$/, '').split('/');
	for (const [route, methods, pattern] of ROUTES) {
		const parts = pattern.split('/');
		const fits = parts.every((part, at) => (part === ':' ? segments[at] : segments[at] === part));
		if (!methods.some((it) => it === method) || parts.length !== segments.length || !fits) continue;
		const ids = segments.filter((_, at) => parts[at] === ':');
		const decode = switches.pathIds === 'raw' ? String : decodeURIComponent;
		const [guid = '', attendee = ''] = ids.map((id) => decode(id));
		return { route, method, guid, attendee };
	}
	return null;
}

/** The made-up key pair of the API notes' test vector. No account has it. */
export const ACCESS_KEY = '0123456789abcdef0123456789abcdef';
export const SECRET_KEY = 'abcdef0123456789abcdef0123456789';

/** Documented: access key, a bar, then the lower-case hex SHA-256 of `access|secret`. */
export function bearerToken(accessKey: string, secretKey: string): string {
	const hash = createHash('sha256').update(`${accessKey}|${secretKey}`, 'utf8').digest('hex');
	return `${accessKey}|${hash}`;
}

/** Documented: every route needs the bearer. Assumed: upper-case hex is refused; unknown paths are an empty 404. */
export function answerRequest(
	target: Target | null,
	authorization: string | undefined,
	text: string,
	store: Store,
	switches: Switches,
): Answer {
	const { missingRoutes, accessKey, secretKey } = switches;
	if (target && missingRoutes.includes(target.route)) return htmlAnswer(404, '404 Not Found');
	const [, token] = /^Bearer (.+)$/i.exec(authorization ?? '') ?? [];
	if (token !== bearerToken(accessKey, secretKey))
		return errorAnswer(401, 14, 'Unauthorized', switches);
	if (!target) return emptyAnswer(404);
	const body = bodyOf(target.route, text);
	if (body === undefined) return errorAnswer(400, 19, 'Invalid request body.', switches);
	const { route, guid } = target;
	const context = { store, switches, now: readClock(switches) };
	if (route === 'batch') return answerSessionBatch(body, context);
	if (route === 'search') return answerSearch(body, context);
	if (route === 'get') return answerGet(guid, context);
	if (route === 'delete') return answerDelete(guid, context);
	if (route === 'report' || route === 'reportAttendees') return answerReport(target, context);

	// Assumed: a deleted session has no attendees.
	if (!store.sessions.has(guid.toUpperCase())) return sessionNotFound(switches);
	const roster = rosterOf(store, guid);
	if (route === 'attendeeBatch') return answerAttendeeBatch(body, guid, context);
	if (route === 'attendeeSearch') return answerAttendeeSearch(body, guid, roster, switches);
	return answerAttendee(target, roster, switches);
}

/** The parsed body; undefined where it isn't JSON. Assumed: a search without any is one for all. */
function bodyOf(route: Route, text: string): Json | undefined {
	if (/search/i.test(route) && text === '') return {};
	return /search|batch/i.test(route) ? parseJson(text) : null;
}
