import { emptyAnswer, errorAnswer, jsonAnswer, type Answer } from '../http/answer';
import { searchedSessions, type Store } from '../store';
import type { Switches } from '../switches';
import { isObject, own, type Json, type JsonObject } from '../values/json';
import { pageOf } from '../values/page';
import { seededRandom, shuffled } from '../values/random';
import { offsetAtWall, parseDate } from '../values/startDate';
import { isVisible, viewOf, type StoredSession } from './session';
import { hasTags } from './tags';

const DAY = 24 * 60 * 60 * 1000;

/** A bound of the start date in the scale that the switch compares in; null for none. */
function boundOf(text: string | undefined, isEnd: boolean, switches: Switches): number | null {
	const parsed = text === undefined ? null : parseDate(text);
	if (!parsed) return null;
	const wholeDay = isEnd && !parsed.hasTime && switches.endDate === 'inclusive';
	const wallMs = parsed.wallMs + (wholeDay ? DAY - 1 : 0);
	if (switches.searchBounds === 'digits') return wallMs;
	const offset = parsed.offset ?? offsetAtWall(switches.defaultTimezone, wallMs);
	return wallMs - offset * 60_000;
}

function matcher(filter: JsonObject, switches: Switches): (session: StoredSession) => boolean {
	const text = (key: string): string | undefined => {
		const value = own(filter, key);
		return typeof value === 'string' && value !== '' ? value : undefined;
	};
	const folded = (value: string | null | undefined) => value?.toLowerCase() ?? '';
	// Documented: here the filter named session_id means the GUID.
	const guid = text('session_id')?.toUpperCase();
	const name = text('name');
	const description = text('description');
	const tags = text('tags');
	const duration = own(filter, 'duration');
	const begin = boundOf(text('begin_date'), false, switches);
	const end = boundOf(text('end_date'), true, switches);

	return (session) => {
		const start = switches.searchBounds === 'digits' ? session.start_wall_ms : session.start_ms;
		return (
			(guid === undefined || session.session_guid === guid) &&
			(name === undefined ||
				(switches.nameMatch === 'exact'
					? folded(session.name) === folded(name)
					: folded(session.name).includes(folded(name)))) &&
			(description === undefined || folded(session.description).includes(folded(description))) &&
			(tags === undefined || hasTags(session.tags, tags, switches.tagsMatch)) &&
			(typeof duration !== 'number' || session.duration === duration) &&
			(begin === null || start >= begin) &&
			(end === null || start <= end)
		);
	};
}

function ordered(sessions: StoredSession[], switches: Switches): StoredSession[] {
	if (switches.searchOrder === 'shuffled') return shuffled(sessions, seededRandom(switches.seed));
	const key = switches.searchOrder.startsWith('start') ? 'start_ms' : 'serial';
	const sign = switches.searchOrder.endsWith('Desc') ? -1 : 1;
	return sessions.sort((a, b) => sign * (a[key] - b[key] || a.serial - b.serial));
}

/** Documented: a bare array of session views, without a total and without a next link. */
export function answerSearch(body: Json, store: Store, switches: Switches): Answer {
	if (switches.searchFails !== null)
		return switches.searchFails >= 500
			? errorAnswer(switches.searchFails, 11, 'serverError', switches.language)
			: emptyAnswer(switches.searchFails);
	if (!isObject(body)) return errorAnswer(400, 19, 'bodyInvalid', switches.language);

	const matches = matcher(body, switches);
	const found = [...visibleSessions(store, switches)].filter(matches);
	const shown = pageOf(ordered(found, switches), body, switches);
	return shown === null
		? errorAnswer(400, 12, 'pageInvalid', switches.language)
		: jsonAnswer(
				200,
				shown.map((session) => viewOf(session, switches)),
			);
}

function* visibleSessions(store: Store, switches: Switches): Iterable<StoredSession> {
	const living = searchedSessions(store);
	const guids = new Set(living.map(({ session_guid }) => session_guid));
	for (const session of living) if (isVisible(session, switches)) yield session;
	if (switches.deletedInSearch === 'gone') return;
	// A deletion that searches don't show yet leaves the session among the living.
	for (const session of store.deleted.values()) if (!guids.has(session.session_guid)) yield session;
}
