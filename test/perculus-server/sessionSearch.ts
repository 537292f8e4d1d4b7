import { emptyAnswer, errorAnswer, jsonAnswer, pageOf, sessionNotFound } from './answers';
import type { Answer } from './answers';
import { DAY, offsetAtWall, parseDate } from './dates';
import { listTags, viewOf, type StoredSession } from './session';
import { delaySearch, searchedSessions, type Context, type Store } from './store';
import type { Switches } from './switches';
import { isObject, ownText, shuffled, type Json, type JsonObject } from './values';

/** Documented: a bare array of views, without a total. The filters `description` and `duration` are left out. */
export function answerSearch(body: Json, { store, switches }: Context): Answer {
	const { searchOrder, seed } = switches;
	if (!isObject(body)) return errorAnswer(400, 19, 'Invalid request body.', switches);
	const found = findableSessions(store, switches).filter(matcher(body, switches));
	const ordered =
		searchOrder === 'shuffled' ? shuffled(found, seed) : found.sort((a, b) => b.serial - a.serial);
	const page = pageOf(ordered, body, switches);
	if (page === null) return errorAnswer(400, 12, 'Invalid page number.', switches);
	const views = page.map((session) => viewOf(session, switches));
	return jsonAnswer(200, views);
}

/** Documented: the bare 13-key view. Inferred: 404 with code 30. */
export function answerGet(guid: string, { store, switches }: Context): Answer {
	const key = guid.toUpperCase();
	const deleted = switches.deletedInGet === 'shown' ? store.deleted.get(key) : undefined;
	const found = store.sessions.get(key) ?? deleted;
	return found ? jsonAnswer(200, viewOf(found, switches)) : sessionNotFound(switches);
}

/** Documented: the route. Assumed: its response, and everything about a second delete. */
export function answerDelete(guid: string, { store, switches }: Context): Answer {
	const key = guid.toUpperCase();
	const session = store.sessions.get(key);
	if (!session)
		return store.deleted.has(key) && switches.secondDelete === 'empty'
			? emptyAnswer(204)
			: sessionNotFound(switches);
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
	// A session whose deletion searches don't show yet is still found.
	const guids = new Set(living.map(({ session_guid: guid }) => guid));
	return [...living, ...[...store.deleted.values()].filter((it) => !guids.has(it.session_guid))];
}

function matcher(filter: JsonObject, switches: Switches): (session: StoredSession) => boolean {
	// Documented: here the filter named session_id means the GUID.
	const guid = ownText(filter, 'session_id')?.toUpperCase();
	const name = ownText(filter, 'name');
	const tags = ownText(filter, 'tags');
	const begin = boundOf(ownText(filter, 'begin_date'), false, switches);
	const end = boundOf(ownText(filter, 'end_date'), true, switches);
	return (session) => {
		const start = switches.searchBounds === 'digits' ? session.start_wall_ms : session.start_ms;
		return (
			(guid === undefined || session.session_guid === guid) &&
			hasName(session.name, name, switches) &&
			(tags === undefined || hasTags((session.tags ?? '').toLowerCase(), tags, switches)) &&
			(begin === null || start >= begin) &&
			(end === null || start <= end)
		);
	};
}

function hasName(name: string, asked: string | undefined, { nameMatch }: Switches): boolean {
	const text = name.toLowerCase();
	return asked === undefined || (nameMatch === 'exact' ? text === asked : text.includes(asked));
}

function hasTags(text: string, asked: string, { tagsMatch }: Switches): boolean {
	if (tagsMatch === 'part') return text.includes(asked);
	if (tagsMatch === 'text') return text === asked;
	return tagsMatch === 'ignored' || listTags(asked).every((tag) => listTags(text).includes(tag));
}

/** A bound of the start date on the scale that the switch compares in; null for none. */
function boundOf(text: string | undefined, isEnd: boolean, switches: Switches): number | null {
	const parsed = text === undefined ? null : parseDate(text.toUpperCase());
	if (!parsed) return null;
	const wholeDay = isEnd && !parsed.hasTime; // assumed: the last day is included
	const wallMs = parsed.wallMs + (wholeDay ? DAY - 1 : 0);
	if (switches.searchBounds === 'digits') return wallMs;
	const { defaultTimezone } = switches;
	return wallMs - (parsed.offset ?? offsetAtWall(defaultTimezone, wallMs, switches)) * 60_000;
}
