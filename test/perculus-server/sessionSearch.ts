import { emptyAnswer, errorAnswer, jsonAnswer, notFoundAnswer, type Answer } from './answers';
import { DAY, offsetAtWall, parseDate } from './dates';
import { delaySearch, searchedSessions, type Store } from './store';
import type { Switches } from './switches';
import { isObject, own, ownText, pageOf, shuffled, type Json, type JsonObject } from './values';
import { listTags, viewOf, type StoredSession } from './session';

/** Documented: a bare array of session views, without a total and without a next link. */
export function answerSearch(body: Json, store: Store, switches: Switches): Answer {
	const { searchFails } = switches;
	if (searchFails !== null)
		return searchFails >= 500
			? errorAnswer(searchFails, 11, 'serverError', switches)
			: emptyAnswer(searchFails);
	if (!isObject(body)) return errorAnswer(400, 19, 'bodyInvalid', switches);
	const found = findableSessions(store, switches).filter(matcher(body, switches));
	const shown = pageOf(inOrder(found, switches), body, switches);
	if (shown === null) return errorAnswer(400, 12, 'pageInvalid', switches);
	return jsonAnswer(
		200,
		shown.map((session) => viewOf(session, switches)),
	);
}

/** Documented: the bare 13-key view. Inferred from the table of errors: 404 with code 30. */
export function answerGet(guid: string, store: Store, switches: Switches): Answer {
	const key = guid.toUpperCase();
	const deleted = switches.deletedInGet === 'shown' ? store.deleted.get(key) : undefined;
	const found = store.sessions.get(key) ?? deleted;
	return found
		? jsonAnswer(200, viewOf(found, switches))
		: notFoundAnswer(30, 'sessionNotFound', switches);
}

/** Documented: the route. Assumed: its answer, and everything about a second delete. */
export function answerDelete(guid: string, store: Store, switches: Switches): Answer {
	const key = guid.toUpperCase();
	const session = store.sessions.get(key);
	if (!session)
		return store.deleted.has(key) && switches.secondDelete === 'empty'
			? emptyAnswer(204)
			: notFoundAnswer(30, 'sessionNotFound', switches);
	const deleted = { ...session, status: -1 };
	delaySearch(store, key, switches.searchLag);
	store.sessions.delete(key);
	store.deleted.set(key, deleted);
	return switches.deleteAnswer === 'empty'
		? emptyAnswer(204)
		: jsonAnswer(200, viewOf(deleted, switches));
}

function findableSessions(store: Store, switches: Switches): StoredSession[] {
	const living = searchedSessions(store);
	if (switches.deletedInSearch === 'gone') return living;
	// A deletion that searches don't show yet leaves the session among the living.
	const guids = new Set(living.map(({ session_guid: guid }) => guid));
	return [...living, ...[...store.deleted.values()].filter((it) => !guids.has(it.session_guid))];
}

function inOrder(sessions: StoredSession[], { searchOrder, seed }: Switches): StoredSession[] {
	if (searchOrder === 'shuffled') return shuffled(sessions, seed);
	return sessions.sort((a, b) => b.serial - a.serial);
}

function matcher(filter: JsonObject, switches: Switches): (session: StoredSession) => boolean {
	// Documented: here the filter named session_id means the GUID.
	const guid = ownText(filter, 'session_id')?.toUpperCase();
	const [name, description, tags] = ['name', 'description', 'tags'].map((key) =>
		ownText(filter, key)?.toLowerCase(),
	);
	const duration = own(filter, 'duration');
	const begin = boundOf(ownText(filter, 'begin_date'), false, switches);
	const end = boundOf(ownText(filter, 'end_date'), true, switches);
	const part = (text: string | null, asked: string | undefined) =>
		asked === undefined || (text ?? '').toLowerCase().includes(asked);
	const whole = (text: string, asked: string | undefined) =>
		asked === undefined || text.toLowerCase() === asked;

	return (session) => {
		const start = switches.searchBounds === 'digits' ? session.start_wall_ms : session.start_ms;
		return (
			(guid === undefined || session.session_guid === guid) &&
			(switches.nameMatch === 'exact' ? whole : part)(session.name, name) &&
			part(session.description, description) &&
			(tags === undefined || hasTags(session.tags ?? '', tags, switches.tagsMatch)) &&
			(typeof duration !== 'number' || session.duration === duration) &&
			(begin === null || start >= begin) &&
			(end === null || start <= end)
		);
	};
}

/** A bound of the start date on the scale that the switch compares in; null for none. */
function boundOf(text: string | undefined, isEnd: boolean, switches: Switches): number | null {
	const parsed = text === undefined ? null : parseDate(text);
	if (!parsed) return null;
	const wholeDay = isEnd && !parsed.hasTime && switches.endDate === 'inclusive';
	const wallMs = parsed.wallMs + (wholeDay ? DAY - 1 : 0);
	if (switches.searchBounds === 'digits') return wallMs;
	return wallMs - (parsed.offset ?? offsetAtWall(switches.defaultTimezone, wallMs)) * 60_000;
}

function hasTags(tags: string, asked: string, match: Switches['tagsMatch']): boolean {
	const text = tags.toLowerCase();
	if (match === 'part') return text.includes(asked);
	if (match === 'text') return text === asked;
	return match === 'ignored' || listTags(asked).every((tag) => listTags(text).includes(tag));
}
