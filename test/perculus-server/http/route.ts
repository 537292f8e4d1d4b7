import { answerAttendeeBatch } from '../attendee/batch';
import { answerAttendeeDelete, answerAttendeeGet } from '../attendee/one';
import { answerAttendeeSearch } from '../attendee/search';
import { answerReport } from '../report/report';
import { answerBatch } from '../session/batch/answer';
import { answerDelete, answerGet } from '../session/one';
import { answerSearch } from '../session/search';
import { rosterOf, type Store } from '../store';
import type { Switches } from '../switches';
import { readClock, type Moment } from '../values/clock';
import { parseJson, type Json } from '../values/json';
import { formatDate, parseDate } from '../values/startDate';
import { emptyAnswer, errorAnswer, htmlAnswer, notFoundAnswer, type Answer } from './answer';
import { isAuthorized } from './bearer';
import type { Route, Target } from './target';

/** Assumed: the body; documented: the status and the two codes that may stand in it. */
function unauthorized(switches: Switches): Answer {
	if (switches.unauthorizedBody === 'empty') return emptyAnswer(401);
	if (switches.unauthorizedBody === 'html') return htmlAnswer(401, '401 Authorization Required');
	return errorAnswer(401, 14, 'unauthorized', switches.language);
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
	const body = answer.body.replace(
		/("(?:creation|updating)_date":")([^"]+)/g,
		(_, key: string, date: string) => key + laterBy(seconds, date),
	);
	return { ...answer, body };
}

function laterBy(seconds: number, text: string): string {
	const date = parseDate(text);
	if (!date) return text;
	return formatDate(date.wallMs + seconds * 1000, date.fraction, date.offset ?? 0);
}

/** Bearer first, on every route, then the route's own work. */
function answerTarget(
	target: Target | null,
	authorization: string | undefined,
	text: string,
	store: Store,
	switches: Switches,
): Answer {
	const { missingRoutes } = switches;
	if (target && (missingRoutes === 'all' || missingRoutes.includes(target.route)))
		return htmlAnswer(404, '404 Not Found');
	if (!isAuthorized(authorization, switches.accessKey, switches.secretKey))
		return unauthorized(switches);
	if (!target) return emptyAnswer(404);
	const now = readClock(switches.clock, switches.clockSkewMs);
	const body = bodyOf(target.route, text);
	if (body === undefined) return errorAnswer(400, 19, 'bodyInvalid', switches.language);
	switch (target.route) {
		case 'batch':
			return answerBatch(body, store, now, switches);
		case 'search':
			return answerSearch(body, store, switches);
		case 'get':
			return answerGet(target.guid, store, switches);
		case 'delete':
			return answerDelete(target.guid, store, switches);
		case 'report':
		case 'reportAttendees': {
			const withPeople = target.route === 'reportAttendees';
			return answerReport(target.method, target.guid, withPeople, store, switches);
		}
		default:
			return answerAttendees(target, body, store, now, switches);
	}
}

/** The routes below a session. Assumed: a deleted session is as good as none. */
function answerAttendees(
	{ route, guid, attendee }: Target,
	body: Json,
	store: Store,
	now: Moment,
	switches: Switches,
): Answer {
	if (!store.sessions.has(guid.toUpperCase()))
		return notFoundAnswer(30, 'sessionNotFound', switches);
	const roster = rosterOf(store, guid);
	if (route === 'attendeeBatch')
		return answerAttendeeBatch(body, guid, roster, store, now, switches);
	if (route === 'attendeeSearch') return answerAttendeeSearch(body, guid, roster, switches);
	return route === 'attendeeGet'
		? answerAttendeeGet(attendee, guid, roster, switches)
		: answerAttendeeDelete(attendee, roster, switches);
}

const READS_BODY: readonly Route[] = ['batch', 'search', 'attendeeBatch', 'attendeeSearch'];

/** The parsed body; undefined when it is none. Assumed: a search without any is one for all. */
function bodyOf(route: Route, text: string): Json | undefined {
	if (!READS_BODY.includes(route)) return null;
	if (text === '' && route !== 'batch' && route !== 'attendeeBatch') return {};
	const parsed = parseJson(text);
	return parsed.ok ? parsed.value : undefined;
}
