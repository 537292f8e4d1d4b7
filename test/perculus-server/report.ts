import { emptyAnswer, errorAnswer, htmlAnswer, jsonAnswer, sessionNotFound } from './answers';
import { findAttendee, type Roster } from './attendee';
import { stamp } from './dates';
import type { Target } from './routes';
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

export interface Happened {
	visits: Visit[];
	finishedMs: number | null;
	asked: number; // requests for its report since the finish
}

const msOf = (date: Date | string) => new Date(date).getTime();

export function happenedIn(store: Store, sessionGuid: string): Happened {
	const key = sessionGuid.toUpperCase();
	const happened = store.happened.get(key) ?? { visits: [], finishedMs: null, asked: 0 };
	store.happened.set(key, happened);
	return happened;
}

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
export function answerReport({ method, route, guid }: Target, { store, switches }: Context) {
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
	const held = { session, visits, finishedMs, roster: rosterOf(store, guid), switches };
	const people = peopleOf(held);
	const report = sessionReport(held);
	report.user_count = people.filter(({ first_attempt_live: first }) => first !== null).length;
	if (route === 'reportAttendees' && reportBody !== 'noPeople')
		report.user_stats = statsAs(people, switches);
	return jsonAnswer(200, switches.editReport(report));
}

interface Held {
	session: StoredSession;
	visits: readonly Visit[];
	finishedMs: number | null;
	roster: Roster;
	switches: Switches;
}

/** Documented: the names; the counts of what isn't simulated are 0. */
function sessionReport({ session, visits, finishedMs, switches }: Held): JsonObject {
	const date = (ms: number) => stamp(ms, session.timezone, switches);
	const lastMs = finishedMs ?? Math.max(session.start_ms, ...visits.map(({ left }) => msOf(left)));
	const hasBegun = finishedMs !== null || visits.length > 0;
	return {
		session_name: session.name,
		duration: session.duration * 60,
		duration_active: hasBegun ? Math.round((lastMs - session.start_ms) / 1000) : 0,
		...filled(0, 'duration_interrupt', 'banned_count', 'cam_count', 'mic_count'),
		...filled(0, 'screen_share_count', 'chat_message_count', 'doc_count', 'poll_count'),
		error_code: 'NONE',
		...filled(date(lastMs), 'creation_date', 'updating_date'),
		actual_start_date: hasBegun ? date(session.start_ms) : null,
		actual_finish_date: finishedMs === null ? null : date(finishedMs),
	};
}

/** A person's data as the attendee has it, or as the visit has it. */
type Guest = Record<'attendance_code' | 'email' | 'user_guid', string | null> & { role: string };

function peopleOf(held: Held): JsonObject[] {
	const { visits, roster, switches } = held;
	const people = new Map<string, { guest: Guest; visits: Visit[] }>();
	const keyOf = (guest: Guest) => guest.attendance_code ?? guest.email?.toLowerCase() ?? '';
	const absent = new Set<Guest>(switches.reportAbsent === 'zeros' ? roster : []);
	for (const visit of visits) {
		const { attendance_code: code = null, email = null } = visit;
		const other = { attendance_code: code, email, user_guid: null, role: 'u' };
		const guest = findAttendee(code ?? email ?? '', roster) ?? other;
		absent.delete(guest);
		const key = switches.reportEntries === 'perVisit' ? String(people.size) : keyOf(guest);
		people.set(key, { guest, visits: [...(people.get(key)?.visits ?? []), visit] });
	}
	for (const guest of absent) people.set(keyOf(guest), { guest, visits: [] });
	return [...people.values()].map((one) => personOf(one.guest, { ...held, visits: one.visits }));
}

/** Documented (v1): the names. */
function personOf(guest: Guest, { session, visits, switches }: Held): JsonObject {
	const { reportGuests, guidCase, liveUnit } = switches;
	const isGuest = guest.user_guid === null;
	const spelled = (guid: string | null) => (guid ? spellGuid(guid, guidCase) : null);
	const joined = visits.map((visit) => msOf(visit.joined));
	const left = visits.map((visit) => msOf(visit.left));
	const date = (ms: number) => (visits.length > 0 ? stamp(ms, session.timezone, switches) : null);
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
		first_attempt_live: date(Math.min(...joined)),
		last_attempt_live: date(Math.max(...joined)),
		...filled(null, 'first_attempt_replay', 'last_attempt_replay'),
		...filled(date(Math.max(...left)), 'last_exit_live', 'creation_date', 'updating_date'),
		...filled(0, 'replay_count', 'cam_duration', 'cam_count', 'mic_duration', 'mic_count'),
		...filled(0, 'screen_share_duration', 'screen_share_count', 'chat_message_count'),
		user_mode: guest.role,
		total_attendance_score: '0',
		engagement_score: 0,
	};
}

function statsAs(people: JsonObject[], { userStats }: Switches): Json {
	if (userStats === 'list') return people;
	const key = userStats === 'byCode' ? 'attendance_code' : 'email';
	return Object.fromEntries(people.map((person, at) => [person[key] ?? `guest-${at + 1}`, person]));
}
