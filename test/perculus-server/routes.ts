import { createHash } from 'node:crypto';
import { emptyAnswer, errorAnswer, htmlAnswer, notFoundAnswer, type Answer } from './answers';
import { answerAttendeeBatch } from './attendeeBatch';
import { answerAttendeeDelete, answerAttendeeGet, answerAttendeeSearch } from './attendeeSearch';
import { formatDate, parseDate, readClock } from './dates';
import { answerReport } from './report';
import { answerSessionBatch } from './sessionBatch';
import { answerDelete, answerGet, answerSearch } from './sessionSearch';
import { rosterOf, type Store } from './store';
import type { Switches } from './switches';
import { parseJson, type Json } from './values';

/** Documented: the paths and methods. `:` stands for any one segment. */
const ROUTES = [
	['batch', 'POST', '/session/batch'],
	['search', 'POST', '/session/search'],
	['get', 'GET', '/session/:'],
	['delete', 'DELETE', '/session/:'],
	['attendeeBatch', 'POST', '/session/:/attendee/batch'],
	['attendeeSearch', 'POST', '/session/:/attendee/search'],
	['attendeeGet', 'GET', '/session/:/attendee/:'],
	['attendeeDelete', 'DELETE', '/session/:/attendee/:'],
	// The docs and the vendor's client differ in the method; the switch decides.
	['report', 'POST', '/report/session/:'],
	['report', 'GET', '/report/session/:'],
	['reportAttendees', 'POST', '/report/session/:/attendees'],
	['reportAttendees', 'GET', '/report/session/:/attendees'],
] as const;

/** The routes of the API that the server has, by the names that faults and tests use. */
export type Route = (typeof ROUTES)[number][0];

interface Target {
	route: Route;
	method: string;
	/** Of everything below `/session/:guid`; '' elsewhere. */
	guid: string;
	/** Of `/session/:guid/attendee/:id`: an attendance code, an email address or a user's GUID. */
	attendee: string;
}

/**
 * Which route a request is for; null for none. A path is read as HTTP servers do: without its query,
 * `.` and `..` resolved (written as `%2e` also), a slash at the end ignored. So a client that lets
 * `..` through as an attendee deletes the session.
 */
export function targetOf(method: string, path: string, switches: Switches): Target | null {
	const plain = path.split(/[?#]/, 1)[0] ?? '';
	if (!plain.startsWith('/') || !URL.canParse(`http://host${plain}`)) return null;
	const { pathname } = new URL(`http://host${plain}`);
	const base = switches.basePaths.find((prefix) => pathname.startsWith(`${prefix}/`));
	if (base === undefined) return null;
	const segments = pathname.slice(base.length).replace(/\/$/, '').split('/');
	for (const [route, verb, pattern] of ROUTES) {
		const parts = pattern.split('/');
		const fits = parts.every((part, at) => (part === ':' ? segments[at] : segments[at] === part));
		if (verb !== method || parts.length !== segments.length || !fits) continue;
		const ids = segments.filter((_, at) => parts[at] === ':');
		const [guid = '', attendee = ''] = ids.map((id) => decodeId(id, switches));
		return { route, method, guid, attendee };
	}
	return null;
}

function decodeId(segment: string, { pathIds }: Switches): string {
	if (pathIds === 'raw') return segment;
	try {
		return decodeURIComponent(segment);
	} catch {
		// A lone `%` is no percent-encoding.
		return segment;
	}
}

/** The made-up key pair of the API notes' test vector. No account has it. */
export const ACCESS_KEY = '0123456789abcdef0123456789abcdef';
export const SECRET_KEY = 'abcdef0123456789abcdef0123456789';

/** Documented: access key, a bar, then the lower-case hex SHA-256 of `access|secret`. */
export function bearerToken(accessKey: string, secretKey: string): string {
	const hash = createHash('sha256').update(`${accessKey}|${secretKey}`, 'utf8').digest('hex');
	return `${accessKey}|${hash}`;
}

/** The real answer to a request; with the switch, its dates have moved since the last one. */
export function answerRequest(
	target: Target | null,
	authorization: string | undefined,
	text: string,
	store: Store,
	switches: Switches,
): Answer {
	const answer = answerTarget(target, authorization, text, store, switches);
	if (switches.recordDates === 'fixed') return answer;
	const seconds = ++store.answers;
	const later = (date: string) => {
		const { wallMs = 0, fraction = '', offset = 0 } = parseDate(date) ?? {};
		return formatDate(wallMs + seconds * 1000, fraction, offset ?? 0);
	};
	const body = answer.body.replace(
		/("(?:creation|updating)_date":")([^"]+)/g,
		(_, key: string, date: string) => key + later(date),
	);
	return { ...answer, body };
}

/** Documented: the bearer is required on every route. Assumed: upper-case hex is refused. */
function answerTarget(
	target: Target | null,
	authorization: string | undefined,
	text: string,
	store: Store,
	switches: Switches,
): Answer {
	const { missingRoutes, accessKey, secretKey } = switches;
	if (target && (missingRoutes === 'all' || missingRoutes.includes(target.route)))
		return htmlAnswer(404, '404 Not Found');
	const [, token] = /^Bearer (.+)$/i.exec(authorization ?? '') ?? [];
	if (token !== bearerToken(accessKey, secretKey))
		return errorAnswer(401, 14, 'unauthorized', switches);
	if (!target) return emptyAnswer(404);
	const body = bodyOf(target.route, text);
	if (body === undefined) return errorAnswer(400, 19, 'bodyInvalid', switches);
	const { route, method, guid, attendee } = target;
	const now = readClock(switches.clock);
	if (route === 'batch') return answerSessionBatch(body, store, now, switches);
	if (route === 'search') return answerSearch(body, store, switches);
	if (route === 'get') return answerGet(guid, store, switches);
	if (route === 'delete') return answerDelete(guid, store, switches);
	if (route === 'report' || route === 'reportAttendees')
		return answerReport(method, guid, route === 'reportAttendees', store, switches);

	// Assumed: a deleted session is as good as none.
	if (!store.sessions.has(guid.toUpperCase()))
		return notFoundAnswer(30, 'sessionNotFound', switches);
	const roster = rosterOf(store, guid);
	if (route === 'attendeeBatch') return answerAttendeeBatch(body, guid, store, now, switches);
	if (route === 'attendeeSearch') return answerAttendeeSearch(body, guid, roster, switches);
	return route === 'attendeeGet'
		? answerAttendeeGet(attendee, guid, roster, switches)
		: answerAttendeeDelete(attendee, roster, switches);
}

/** The parsed body; undefined where it is no JSON. Assumed: a search without any is one for all. */
function bodyOf(route: Route, text: string): Json | undefined {
	if (route.endsWith('earch') && text === '') return {};
	return /search|batch/i.test(route) ? parseJson(text) : null;
}
