import { emptyAnswer, htmlAnswer, jsonAnswer, notFoundAnswer, type Answer } from './answers';
import type { StoredSession } from './session';
import { rosterOf, type Store } from './store';
import type { Switches } from './switches';
import { stamp } from './dates';
import { spellGuid, type Json, type JsonObject } from './values';
import { happenedIn, msOf, type Happened, type Visit } from './happened';

export function answerReport(
	method: string,
	guid: string,
	withPeople: boolean,
	store: Store,
	switches: Switches,
): Answer {
	const { reportMethod, reportNotReady, reportBody } = switches;
	if (reportMethod !== 'both' && reportMethod !== method)
		return switches.reportOtherMethod === 'page'
			? htmlAnswer(404, '404 Not Found')
			: { ...emptyAnswer(405), headers: { Allow: reportMethod } };
	const session = store.sessions.get(guid.toUpperCase());
	if (!session) return notFoundAnswer(30, 'sessionNotFound', switches);

	const happened = happenedIn(store, guid);
	const finished = happened.finishedMs !== null && happened.asked++ >= switches.reportLag;
	if (!finished) {
		if (reportNotReady === 'code31') return notFoundAnswer(31, 'statNotFound', switches);
		if (reportNotReady === 'noContent') return emptyAnswer(204);
		if (reportNotReady === 'emptyBody') return emptyAnswer(200);
	}
	if (reportBody === 'text') return { ...emptyAnswer(200), body: 'The report is being made.' };
	const shown: Happened =
		!finished && reportNotReady === 'zeros'
			? { visits: [], finishedMs: null, asked: 0 }
			: { ...happened, finishedMs: finished ? happened.finishedMs : null };
	const people = statsOf(session, shown, store, switches);
	const report = sessionReport(session, shown, people, switches);
	const whole =
		withPeople && reportBody !== 'noPeople'
			? { ...report, user_stats: statsAs(people, switches.userStats) }
			: report;
	return jsonAnswer(200, switches.editReport(whole));
}

/** Documented: the names; the counts of what nobody does here are 0. */
function sessionReport(
	session: StoredSession,
	{ visits, finishedMs }: Happened,
	people: readonly JsonObject[],
	switches: Switches,
): JsonObject {
	const date = (ms: number) => stamp({ ms, micros: 0 }, session.timezone, switches.stamps);
	const lastMs = finishedMs ?? Math.max(session.start_ms, ...visits.map(({ left }) => msOf(left)));
	const happened = finishedMs !== null || visits.length > 0;
	return {
		session_name: session.name,
		duration: session.duration * 60,
		duration_active: happened ? Math.round((lastMs - session.start_ms) / 1000) : 0,
		duration_interrupt: 0,
		user_count: people.filter(({ first_attempt_live }) => first_attempt_live !== null).length,
		banned_count: 0,
		cam_count: 0,
		mic_count: 0,
		screen_share_count: 0,
		chat_message_count: 0,
		doc_count: 0,
		poll_count: 0,
		error_code: switches.reportErrorCode,
		creation_date: date(lastMs),
		updating_date: date(lastMs),
		actual_start_date: happened ? date(session.start_ms) : null,
		actual_finish_date: finishedMs === null ? null : date(finishedMs),
	};
}

/** Whom a visit was of, and the attendee's data where there is one. */
interface Guest {
	attendance_code: string | null;
	email: string | null;
	user_guid: string | null;
	role: string;
}

function statsOf(
	session: StoredSession,
	{ visits }: Happened,
	store: Store,
	switches: Switches,
): JsonObject[] {
	const roster = rosterOf(store, session.session_guid);
	const people = new Map<string, { guest: Guest; visits: Visit[] }>();
	const keyOf = (guest: Guest) => guest.attendance_code ?? guest.email?.toLowerCase() ?? '';
	for (const visit of visits) {
		const { attendance_code: code = null, email = null } = visit;
		const listed = code ? roster.ofCode(code) : email ? roster.ofEmail(email) : undefined;
		const guest = listed ?? { attendance_code: code, email, user_guid: null, role: 'u' };
		const key = switches.reportEntries === 'perVisit' ? String(people.size) : keyOf(guest);
		const person = people.get(key) ?? { guest, visits: [] };
		people.set(key, { ...person, visits: [...person.visits, visit] });
	}
	if (switches.reportAbsent === 'zeros') {
		const came = new Set([...people.values()].map(({ guest }) => keyOf(guest)));
		for (const guest of roster.all())
			if (!came.has(keyOf(guest))) people.set(keyOf(guest), { guest, visits: [] });
	}
	return [...people.values()].map((person) =>
		statOf(session, person.guest, person.visits, switches),
	);
}

/** Documented (v1): the names. */
function statOf(
	session: StoredSession,
	guest: Guest,
	visits: readonly Visit[],
	switches: Switches,
): JsonObject {
	const { reportGuests, guidCase, liveUnit } = switches;
	const isGuest = guest.user_guid === null;
	const spelled = (guid: string | null) => (guid ? spellGuid(guid, guidCase) : null);
	const joined = visits.map((visit) => msOf(visit.joined));
	const left = visits.map((visit) => msOf(visit.left));
	const date = (all: number[], pick: (...ms: number[]) => number) =>
		all.length === 0
			? null
			: stamp({ ms: pick(...all), micros: 0 }, session.timezone, switches.stamps);
	const liveMs = left.reduce((sum, ms, at) => sum + ms - (joined[at] ?? ms), 0);
	const inUnit = (ms: number) => Math.round(ms / (liveUnit === 'seconds' ? 1000 : 60_000));
	const email = isGuest && reportGuests === 'withoutEmail' ? null : guest.email;
	return {
		session_name: session.name,
		attendance_code:
			isGuest && reportGuests === 'withoutCode' ? null : spelled(guest.attendance_code),
		username: isGuest ? null : email,
		email,
		[switches.reportUserKey]: spelled(guest.user_guid),
		duration_live: inUnit(liveMs),
		duration_active: inUnit(liveMs),
		duration_passive: 0,
		duration_replay: 0,
		duration_interrupt: 0,
		first_attempt_live: date(joined, Math.min),
		last_attempt_live: date(joined, Math.max),
		first_attempt_replay: null,
		last_attempt_replay: null,
		last_exit_live: date(left, Math.max),
		...NOTHING_DONE,
		user_mode: guest.role,
		creation_date: date(left, Math.max),
		updating_date: date(left, Math.max),
		total_attendance_score: '0',
		engagement_score: 0,
	};
}

const NOTHING_DONE = {
	replay_count: 0,
	cam_duration: 0,
	cam_count: 0,
	mic_duration: 0,
	mic_count: 0,
	screen_share_duration: 0,
	screen_share_count: 0,
	chat_message_count: 0,
};

function statsAs(people: JsonObject[], form: Switches['userStats']): Json {
	if (form === 'list') return people;
	const key = form === 'byCode' ? 'attendance_code' : 'email';
	return Object.fromEntries(people.map((person, at) => [person[key] ?? `guest-${at + 1}`, person]));
}
