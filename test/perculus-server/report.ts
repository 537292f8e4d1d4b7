import { emptyAnswer, errorAnswer, htmlAnswer, jsonAnswer, sessionNotFound } from './answers';
import type { Answer } from './answers';
import { findAttendee } from './attendee';
import { stamp } from './dates';
import type { StoredSession } from './session';
import { rosterOf, type Context, type Store } from './store';
import type { Switches } from './switches';
import { filled, spellGuid, type Json, type JsonObject } from './values';

/** One stay in a session, of an attendee or of a person who isn't one. */
export interface Visit {
	attendance_code?: string;
	email?: string;
	joined: Date | string; // a text is ISO with an offset
	left: Date | string;
}

/** What happened in a session. */
export interface Happened {
	visits: Visit[];
	finishedMs: number | null;
	asked: number; // requests for its report since the finish
}

const msOf = (date: Date | string) => new Date(date).getTime();

export function happenedIn(store: Store, sessionGuid: string): Happened {
	const key = sessionGuid.toUpperCase();
	let happened = store.happened.get(key);
	if (!happened) store.happened.set(key, (happened = { visits: [], finishedMs: null, asked: 0 }));
	return happened;
}

/** Finishes a session: when it was planned to end, or at another time. */
export function finishSession(guid: string, at: Date | string | undefined, context: Context): void {
	const { store, switches } = context;
	const session = store.sessions.get(guid.toUpperCase());
	if (!session) throw new Error(`No session ${guid}`);
	const finishedMs = at === undefined ? session.start_ms + session.duration * 60_000 : msOf(at);
	Object.assign(happenedIn(store, guid), { finishedMs, asked: 0 });
	if (switches.durationOnFinish === 'planned') return;
	const duration = Math.round((finishedMs - session.start_ms) / 60_000);
	store.sessions.set(session.session_guid, { ...session, duration });
}

/** Documented: paths, names of fields, seconds in the session's report. */
export function answerReport(
	method: string,
	guid: string,
	withPeople: boolean,
	{ store, switches }: Context,
): Answer {
	const { reportMethod, reportNotReady, reportBody } = switches;
	if (reportMethod !== 'both' && reportMethod !== method)
		return switches.reportOtherMethod === 'page'
			? htmlAnswer(404, '404 Not Found')
			: { ...emptyAnswer(405), headers: { Allow: reportMethod } };
	const session = store.sessions.get(guid.toUpperCase());
	if (!session) return sessionNotFound(switches);

	const happened = happenedIn(store, guid);
	const isReady = happened.finishedMs !== null && happened.asked++ >= switches.reportLag;
	if (!isReady) {
		if (reportNotReady === 'code31')
			return errorAnswer(404, 31, 'session_stat_not_found', switches);
		if (reportNotReady === 'noContent') return emptyAnswer(204);
		if (reportNotReady === 'emptyBody') return emptyAnswer(200);
	}
	if (reportBody === 'text') return { ...emptyAnswer(200), body: 'The report is being made.' };
	const visits = !isReady && reportNotReady === 'zeros' ? [] : happened.visits;
	const finishedMs = isReady ? happened.finishedMs : null;
	const people = statsOf(session, visits, store, switches);
	const report = sessionReport(session, visits, finishedMs, switches);
	const came = people.filter(({ first_attempt_live }) => first_attempt_live !== null);
	const whole = { ...report, user_count: came.length };
	return jsonAnswer(
		200,
		switches.editReport(
			withPeople && reportBody !== 'noPeople'
				? { ...whole, user_stats: statsAs(people, switches.userStats) }
				: whole,
		),
	);
}

/** Documented: the names; the counts of what isn't simulated are 0. */
function sessionReport(
	session: StoredSession,
	visits: readonly Visit[],
	finishedMs: number | null,
	switches: Switches,
): JsonObject {
	const date = (ms: number) => stamp(ms, session.timezone, switches);
	const lastMs = finishedMs ?? Math.max(session.start_ms, ...visits.map(({ left }) => msOf(left)));
	const hasBegun = finishedMs !== null || visits.length > 0;
	return {
		session_name: session.name,
		duration: session.duration * 60,
		duration_active: hasBegun ? Math.round((lastMs - session.start_ms) / 1000) : 0,
		duration_interrupt: 0,
		...filled(0, 'banned_count', 'cam_count', 'mic_count', 'screen_share_count'),
		...filled(0, 'chat_message_count', 'doc_count', 'poll_count'),
		error_code: switches.reportErrorCode,
		creation_date: date(lastMs),
		updating_date: date(lastMs),
		actual_start_date: hasBegun ? date(session.start_ms) : null,
		actual_finish_date: finishedMs === null ? null : date(finishedMs),
	};
}

/** A person's data as the attendee has it, or as the visit has it. */
interface Guest {
	attendance_code: string | null;
	email: string | null;
	user_guid: string | null;
	role: string;
}

function statsOf(
	session: StoredSession,
	visits: readonly Visit[],
	store: Store,
	switches: Switches,
): JsonObject[] {
	const roster = rosterOf(store, session.session_guid);
	const people = new Map<string, { guest: Guest; visits: Visit[] }>();
	const keyOf = (guest: Guest) => guest.attendance_code ?? guest.email?.toLowerCase() ?? '';
	for (const visit of visits) {
		const { attendance_code: code = null, email = null } = visit;
		const other = { attendance_code: code, email, user_guid: null, role: 'u' };
		const guest = findAttendee(code ?? email ?? '', roster) ?? other;
		const key = switches.reportEntries === 'perVisit' ? String(people.size) : keyOf(guest);
		people.set(key, { guest, visits: [...(people.get(key)?.visits ?? []), visit] });
	}
	if (switches.reportAbsent === 'zeros') {
		const came = new Set([...people.values()].map(({ guest }) => keyOf(guest)));
		for (const guest of roster)
			if (!came.has(keyOf(guest))) people.set(keyOf(guest), { guest, visits: [] });
	}
	return [...people.values()].map((one) => statOf(session, one.guest, one.visits, switches));
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
		all.length === 0 ? null : stamp(pick(...all), session.timezone, switches);
	const ms = left.reduce((sum, end, at) => sum + end - (joined[at] ?? end), 0);
	const live = Math.round(ms / (liveUnit === 'seconds' ? 1000 : 60_000));
	const email = isGuest && reportGuests === 'withoutEmail' ? null : guest.email;
	const code = isGuest && reportGuests === 'withoutCode' ? null : guest.attendance_code;
	return {
		session_name: session.name,
		attendance_code: spelled(code),
		username: isGuest ? null : email,
		email,
		[switches.reportUserKey]: spelled(guest.user_guid),
		...filled(live, 'duration_live', 'duration_active'),
		...filled(0, 'duration_passive', 'duration_replay', 'duration_interrupt'),
		first_attempt_live: date(joined, Math.min),
		last_attempt_live: date(joined, Math.max),
		...filled(null, 'first_attempt_replay', 'last_attempt_replay'),
		last_exit_live: date(left, Math.max),
		...filled(0, 'replay_count', 'cam_duration', 'cam_count', 'mic_duration', 'mic_count'),
		...filled(0, 'screen_share_duration', 'screen_share_count', 'chat_message_count'),
		user_mode: guest.role,
		creation_date: date(left, Math.max),
		updating_date: date(left, Math.max),
		total_attendance_score: '0',
		engagement_score: 0,
	};
}

function statsAs(people: JsonObject[], form: Switches['userStats']): Json {
	if (form === 'list') return people;
	const key = form === 'byCode' ? 'attendance_code' : 'email';
	return Object.fromEntries(people.map((person, at) => [person[key] ?? `guest-${at + 1}`, person]));
}
