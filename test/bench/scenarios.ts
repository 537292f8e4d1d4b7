import type { IDataObject } from 'n8n-workflow';

import { AUTO_MAP, mapping } from '../engine/harness';

/** What is run at each size: its rows, and what the node's parameters have beside auto-mapping; without any, the floor. */
export interface Scenario {
	rows: (count: number) => IDataObject[];
	parameters?: IDataObject;
}

/** Scenarios of one table: beside the floor where there is one, all at one bare server. */
export interface Table {
	/** The name for `--only=`. */
	group: 'sessions' | 'attendees' | 'growth';
	sizes: readonly number[];
	/** Arguments of the bare server. */
	server?: readonly [rejects: 'none' | 'half' | 'all', latencyMs: string];
	scenarios: Record<string, Scenario>;
}

/** All of them three hours ahead of UTC all year, which is what the bare server answers. */
const ZONES = ['Europe/Istanbul', 'Europe/Minsk', 'Africa/Nairobi', 'Asia/Riyadh'];
const two = (n: number) => String(n).padStart(2, '0');

/** Sessions as a sheet has them, no two alike. */
export const sessions = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, i) => ({
		name: `Lesson ${i}`,
		start_date: `2027-${two(1 + (i % 12))}-${two(1 + (i % 28))} ${two(8 + (i % 10))}:${two((i % 4) * 15)}`,
		duration: 30 + (i % 7) * 15,
		timezone: ZONES[i % ZONES.length],
		lang: 'en-US',
		teacher: `teacher-${i}@school.example`,
		room: i % 40,
	}));

/** The same as a sheet has them that keeps everything in parts. */
const partedSessions = (count: number): IDataObject[] =>
	sessions(count).map(({ start_date, timezone, duration, teacher, room }, number) => {
		const [day, time] = String(start_date).split(' ');
		const [area, city] = String(timezone).split('/');
		const [tens, ones] = [String(duration).slice(0, -1), String(duration).slice(-1)];
		return { number, day, time, tens, ones, area, city, tongue: 'en', teacher, room };
	});

/** Sessions of which so many, one after the other, are alike except for what Perculus doesn't send back. */
const alikeSessions = (alike: number) => (count: number) => {
	const all = sessions(count);
	return all.map(({ teacher, room }, i) => ({ ...all[i - (i % alike)], teacher, room }));
};

const guidAt = (n: number) => `00000000-0000-4000-8000-${String(n + 1).padStart(12, '0')}`;

/** People as a class list has them, no two alike, so many in each session. */
const attendees = (each: number) => (count: number) =>
	Array.from({ length: count }, (_, i) => ({
		session_guid: guidAt(Math.floor(i / each)),
		email: `pupil-${i}@school.example`,
		name: `Name ${i}`,
		surname: `Surname ${i % 500}`,
		role: i % 20 === 0 ? 'e' : 'u',
		room: i % 40,
	}));

const DRAGGED = Object.fromEntries(
	['name', 'start_date', 'duration', 'timezone', 'lang'].map((id) => [id, `={{ $json.${id} }}`]),
);
/** What people write where one column is not enough. */
const TEXTS = {
	name: '=Lesson {{ $json.number }}',
	start_date: '={{ $json.day }} {{ $json.time }}',
	duration: '={{ $json.tens }}{{ $json.ones }}',
	timezone: '={{ $json.area }}/{{ $json.city }}',
	lang: '={{ $json.tongue }}-US',
};

const inSession = (value: string): IDataObject => ({
	resource: 'attendee',
	session: { __rl: true, mode: 'guid', value },
	fields: AUTO_MAP,
});
const DRAGGED_SESSION = inSession('={{ $json.session_guid }}');

const ONE_SESSION = attendees(Infinity);
const SIZES = [1000, 10_000, 50_000];
const SESSIONS = { rows: sessions, parameters: {} };

export const TABLES: Record<string, Table> = {
	Sessions: {
		group: 'sessions',
		sizes: SIZES,
		scenarios: {
			floor: { rows: sessions },
			'auto-mapping': SESSIONS,
			'five dragged fields': { rows: sessions, parameters: { fields: mapping(DRAGGED) } },
			'five texts of references': { rows: partedSessions, parameters: { fields: mapping(TEXTS) } },
		},
	},
	'Attendees of one session': {
		group: 'attendees',
		sizes: SIZES,
		scenarios: {
			floor: { rows: ONE_SESSION },
			'one session': { rows: ONE_SESSION, parameters: inSession(guidAt(0)) },
			'dragged session': { rows: ONE_SESSION, parameters: DRAGGED_SESSION },
		},
	},
	'Attendees, 20 a session, 50 ms a response': {
		group: 'attendees',
		sizes: [4000],
		server: ['none', '50'],
		scenarios: {
			floor: { rows: attendees(20) },
			'dragged session': { rows: attendees(20), parameters: DRAGGED_SESSION },
		},
	},
	'All sessions rejected': {
		group: 'growth',
		sizes: SIZES,
		server: ['all', '0'],
		scenarios: { 'no two alike': SESSIONS },
	},
	'Half of the sessions rejected': {
		group: 'growth',
		sizes: [1000, 5000, 20_000],
		server: ['half', '0'],
		scenarios: {
			'no two alike': SESSIONS,
			'50 of each name and start': { rows: alikeSessions(50), parameters: {} },
			'all of one name and start': { rows: alikeSessions(Infinity), parameters: {} },
		},
	},
};
