import { emptyAnswer, errorAnswer, jsonAnswer, type Answer } from '../http/answer';
import { isObject, own, type Json, type JsonObject } from '../values/json';
import { seededRandom, shuffled } from '../values/random';
import { viewOf, type StoredSession } from './session';
import { offsetAtWall, parseDate } from '../values/startDate';
import type { Switches } from '../switches';

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
	const tags = text('tags')
		?.split(',')
		.map((tag) => tag.trim().toLowerCase());
	const duration = own(filter, 'duration');
	const begin = boundOf(text('begin_date'), false, switches);
	const end = boundOf(text('end_date'), true, switches);

	return (session) => {
		const start = switches.searchBounds === 'digits' ? session.start_wall_ms : session.start_ms;
		const sessionTags = folded(session.tags)
			.split(',')
			.map((tag) => tag.trim());
		return (
			(guid === undefined || session.session_guid === guid) &&
			(name === undefined ||
				(switches.nameMatch === 'exact'
					? folded(session.name) === folded(name)
					: folded(session.name).includes(folded(name)))) &&
			(description === undefined || folded(session.description).includes(folded(description))) &&
			(tags === undefined || tags.every((tag) => sessionTags.includes(tag))) &&
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

function whole(filter: JsonObject, key: string, fallback: number): number {
	const value = own(filter, key);
	return typeof value === 'number' && Number.isInteger(value) ? value : fallback;
}

/** Documented: a bare array of session views, without a total and without a next link. */
export function answerSearch(
	body: Json,
	sessions: ReadonlyMap<string, StoredSession>,
	switches: Switches,
): Answer {
	if (switches.searchFails !== null)
		return switches.searchFails >= 500
			? errorAnswer(switches.searchFails, 11, 'serverError', switches.language)
			: emptyAnswer(switches.searchFails);
	if (!isObject(body)) return errorAnswer(400, 19, 'bodyInvalid', switches.language);

	const size = Math.min(
		Math.max(whole(body, 'page_size', switches.pageSizeDefault), 1),
		switches.pageSizeMax,
	);
	const page = Math.max(whole(body, 'page_number', switches.firstPage) - switches.firstPage, 0);
	const matches = matcher(body, switches);
	// Real time, not the injected clock: the delay models a slow server, which no test can freeze.
	const now = Date.now();
	const found = [...sessions.values()].filter(
		(session) => now - session.stored_at >= switches.visibilityDelayMs && matches(session),
	);
	const shown = ordered(found, switches).slice(page * size, (page + 1) * size);
	return jsonAnswer(
		200,
		shown.map((session) => viewOf(session, switches)),
	);
}
