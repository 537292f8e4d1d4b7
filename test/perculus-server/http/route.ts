import { emptyAnswer, errorAnswer, htmlAnswer, jsonAnswer, type Answer } from './answer';
import { answerBatch } from '../session/batch';
import { isAuthorized } from './bearer';
import { readClock } from '../values/clock';
import type { Route } from './faults';
import { parseJson } from '../values/json';
import { answerSearch } from '../session/search';
import { viewOf } from '../session/session';
import type { Store } from '../store';
import type { Switches } from '../switches';

export interface Target {
	route: Route;
	/** Of `GET /session/:guid`. */
	guid?: string;
}

/** Which route a request means; null for everything the stand-in does not serve. */
export function targetOf(
	method: string,
	path: string,
	basePaths: readonly string[],
): Target | null {
	const plain = path.split('?', 1)[0] ?? '';
	const base = basePaths.find((candidate) => plain.startsWith(`${candidate}/`));
	if (base === undefined) return null;
	const rest = plain.slice(base.length);
	if (method === 'POST' && rest === '/session/batch') return { route: 'batch' };
	if (method === 'POST' && rest === '/session/search') return { route: 'search' };
	const guid = /^\/session\/([^/]+)$/.exec(rest)?.[1];
	return method === 'GET' && guid ? { route: 'get', guid } : null;
}

/** Assumed: the body; documented: the status and the two codes that may stand in it. */
function unauthorized(switches: Switches): Answer {
	if (switches.unauthorizedBody === 'empty') return emptyAnswer(401);
	if (switches.unauthorizedBody === 'html') return htmlAnswer(401, '401 Authorization Required');
	return errorAnswer(401, 14, 'unauthorized', switches.language);
}

/** The real answer to a request: bearer first, on every route, then the route's own work. */
export function answerRequest(
	target: Target | null,
	authorization: string | undefined,
	text: string,
	store: Store,
	switches: Switches,
): Answer {
	if (!isAuthorized(authorization, switches.accessKey, switches.secretKey))
		return unauthorized(switches);
	if (!target) return emptyAnswer(404);
	if (target.route === 'get') return answerGet(target.guid ?? '', store, switches);

	const body = parseJson(text);
	if (!body.ok) return errorAnswer(400, 19, 'bodyInvalid', switches.language);
	if (target.route === 'search') return answerSearch(body.value, store.sessions, switches);
	const now = readClock(switches.clock, switches.clockSkewMs);
	return answerBatch(body.value, store, now, switches);
}

function answerGet(guid: string, store: Store, switches: Switches): Answer {
	const session = store.sessions.get(guid.toUpperCase());
	return session
		? jsonAnswer(200, viewOf(session, switches))
		: errorAnswer(404, 30, 'sessionNotFound', switches.language);
}
