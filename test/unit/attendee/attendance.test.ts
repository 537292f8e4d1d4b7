import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import {
	attendance,
	type AttendanceSettings,
	type ReportedSession,
} from '../../../nodes/Perculus/attendee/attendance';

const REPORT: IDataObject = {
	duration: 3600,
	user_count: 1,
	error_code: 'NONE',
	actual_start_date: '2026-03-03T10:00:00+03:00',
	actual_finish_date: '2026-03-03T11:00:00+03:00',
};
const codeOf = (n: number) => `CCCCCCCC-0000-4000-8000-${String(n).padStart(12, '0')}`;
const userOf = (n: number) => `AAAAAAAA-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** The n-th attendee, as the API lists them. */
const attendee = (n: number, rest: IDataObject = {}): IDataObject => ({
	attendance_code: codeOf(n),
	user_guid: userOf(n),
	email: `p${n}@school.example`,
	name: `Name ${n}`,
	surname: `Surname ${n}`,
	role: 'u',
	...rest,
});

/** The same person's entry in the report. */
const entry = (n: number, seconds: unknown, rest: IDataObject = {}): IDataObject => ({
	attendance_code: codeOf(n),
	user_id: userOf(n),
	email: `p${n}@school.example`,
	duration_live: seconds as number,
	first_attempt_live: '2026-03-03T10:01:00+03:00',
	last_exit_live: '2026-03-03T10:59:00+03:00',
	user_mode: 'u',
	...rest,
});

/** What servers show instead of a missing date. */
const NO_DATES = ['0001-01-01T00:00:00', '1970-01-01T00:00:00+00:00', '1969-12-31T19:00:00-05:00'];

/** An entry with only these of the keys that identify a person. */
const only = (n: number, seconds: unknown, ...keys: string[]): IDataObject => {
	const whole = entry(n, seconds);
	for (const key of ['attendance_code', 'user_id', 'email'])
		if (!keys.includes(key)) whole[key] = null;
	return whole;
};

const people = (
	entries: IDataObject[],
	session: Partial<ReportedSession> = {},
	settings: Partial<AttendanceSettings> = {},
) =>
	attendance(
		{ report: REPORT, attendees: [], warnings: [], ...session, entries },
		{
			include: 'all',
			from: 0,
			unit: 'minutes',
			durationUnit: 'seconds',
			isSimplified: true,
			...settings,
		},
	);

const warningsOf = (item: IDataObject | undefined) => (item?.warnings ?? []) as string[];

it('shows a person with all keys, names from the attendees and times from the report', () => {
	expect(people([entry(1, 2700)], { attendees: [attendee(1, { role: 'e' })] })).toEqual([
		{
			attendance_code: codeOf(1),
			user_guid: userOf(1),
			email: 'p1@school.example',
			name: 'Name 1',
			surname: 'Surname 1',
			role: 'e',
			attended: true,
			attended_seconds: 2700,
			attended_percent: 75,
			first_joined: '2026-03-03T10:01:00+03:00',
			last_left: '2026-03-03T10:59:00+03:00',
		},
	]);
});

it('shows an absent attendee with zeros and without dates', () => {
	expect(people([], { attendees: [attendee(1)] })).toEqual([
		expect.objectContaining({
			email: 'p1@school.example',
			name: 'Name 1',
			attended: false,
			attended_seconds: 0,
			attended_percent: 0,
			first_joined: null,
			last_left: null,
		}),
	]);
});

it('shows null for the unknown values of a person who is only in the report', () => {
	const [item] = people([{ duration_live: 600, user_mode: 'e' }]);
	expect(item).toEqual({
		attendance_code: null,
		user_guid: null,
		email: null,
		name: null,
		surname: null,
		role: 'e',
		attended: true,
		attended_seconds: 600,
		attended_percent: 16.7,
		first_joined: null,
		last_left: null,
	});
});

it('without Simplify, adds the report entry as returned, and null for absent attendees', () => {
	const all = people(
		[entry(1, 2700)],
		{ attendees: [attendee(1), attendee(2)] },
		{ isSimplified: false },
	);
	expect(all.map(({ report }) => report)).toEqual([entry(1, 2700), null]);
});

describe('Matching report entries with attendees', () => {
	it.each([
		['attendance code', only(1, 600, 'attendance_code')],
		['user_id', only(1, 600, 'user_id')],
		['user_guid', { ...only(1, 600), user_guid: userOf(1).toLowerCase() }],
		['email address in another case', { ...only(1, 600), email: 'P1@School.example' }],
	])('finds the attendee of an entry by %s', (_, found) => {
		const items = people([found], { attendees: [attendee(1)] });
		expect(items).toMatchObject([{ name: 'Name 1', attended: true, attendance_code: codeOf(1) }]);
		expect(items[0]).not.toHaveProperty('warnings');
	});

	it('uses the most reliable key if the keys of an entry name two attendees', () => {
		const mixed = entry(1, 600, { email: 'p2@school.example' });
		const [first, second] = people([mixed], { attendees: [attendee(1), attendee(2)] });
		expect(first).toMatchObject({ name: 'Name 1', attended: true });
		expect(second).toMatchObject({ name: 'Name 2', attended: false });
		expect(warningsOf(second)).toEqual([expect.stringContaining('in an entry of another one')]);
	});

	it('never matches an entry with an attendee by name', () => {
		const named = { ...only(9, 600), name: 'Name 1', surname: 'Surname 1' };
		const items = people([named], { attendees: [attendee(1)] });
		expect(items.map(({ attended }) => attended)).toEqual([true, false]);
	});

	it('matches an entry with neither of two attendees who share an email address', () => {
		const twin = attendee(2, { email: 'p1@school.example' });
		const items = people([only(1, 600, 'email')], { attendees: [attendee(1), twin] });
		expect(items.map(({ attended }) => attended)).toEqual([true, false, false]);
		for (const absent of items.slice(1)) expect(warningsOf(absent)).not.toEqual([]);
	});

	it.each([
		['with the same attendance code', [entry(1, 600), only(1, 1200, 'attendance_code')]],
		['with the same email address', [only(1, 600, 'email'), only(1, 1200, 'email')]],
		[
			'with the same user_id and user_guid',
			[only(1, 600, 'user_id'), { ...only(1, 1200), user_guid: userOf(1) }],
		],
		['of the same attendee', [only(1, 600, 'email'), only(1, 1200, 'attendance_code')]],
	])('merges entries %s into one item with the longest time and a warning', (_, entries) => {
		const items = people(entries, { attendees: [attendee(1)] });
		expect(items).toMatchObject([{ attended_seconds: 1200, name: 'Name 1' }]);
		expect(warningsOf(items[0])).toContainEqual(expect.stringContaining('2 times'));
	});

	it('merges entries that only a third entry connects, in any order', () => {
		const both = { ...only(1, 900, 'attendance_code', 'email') };
		const entries = [only(1, 600, 'attendance_code'), only(1, 1200, 'email'), both];
		for (const order of [entries, [...entries].reverse(), [both, ...entries.slice(0, 2)]]) {
			expect(people(order)).toMatchObject([{ attended_seconds: 1200 }]);
		}
	});

	it('matches an entry by a key that it shares with another entry of the attendee', () => {
		const entries = [only(9, 600, 'user_id'), entry(1, 30, { user_id: userOf(9) })];
		expect(people(entries, { attendees: [attendee(1, { user_guid: null })] })).toMatchObject([
			{ name: 'Name 1', attended_seconds: 600 },
		]);
	});

	it('shows entries without any key as separate items', () => {
		expect(people([only(1, 600), only(1, 600)])).toHaveLength(2);
	});

	it('shows the first arrival and the last departure of several entries as returned', () => {
		const at = (joined: string, left: string) =>
			entry(1, 600, { first_attempt_live: joined, last_exit_live: left });
		const [item] = people([
			at('2026-03-03T10:05:00+03:00', '2026-03-03T10:06:00+03:00'),
			at('2026-03-03T07:01:00Z', '2026-03-03T07:02:00Z'),
		]);
		expect(item).toMatchObject({
			first_joined: '2026-03-03T07:01:00Z',
			last_left: '2026-03-03T10:06:00+03:00',
		});
	});

	it.each(NO_DATES)(
		'ignores the placeholder date %s if another entry has a real date, in any order',
		(date) => {
			const none = entry(1, 0, { first_attempt_live: date, last_exit_live: date });
			const real = entry(1, 600);
			for (const entries of [
				[none, real],
				[real, none],
			]) {
				const { first_attempt_live, last_exit_live } = real;
				const dates = { first_joined: first_attempt_live, last_left: last_exit_live };
				expect(people(entries)).toMatchObject([dates]);
			}
			expect(people([none])).toMatchObject([{ first_joined: date, last_left: date }]);
		},
	);
});

describe('Attendance threshold', () => {
	it.each<[string, unknown, Partial<AttendanceSettings>, boolean]>([
		['no time at all', 0, {}, false],
		['any time', 1, {}, true],
		['time as text', '61', {}, true],
		['one second below the minutes', 599, { from: 10 }, false],
		['exactly the minutes', 600, { from: 10 }, true],
		['exactly minutes with a fraction', 66, { from: 1.1 }, true],
		['one second below the percentage', 2699, { from: 75, unit: 'percent' }, false],
		['exactly the percentage', 2700, { from: 75, unit: 'percent' }, true],
		[
			'minutes below the percentage',
			44,
			{ from: 75, unit: 'percent', durationUnit: 'minutes' },
			false,
		],
		['minutes at the percentage', 45, { from: 75, unit: 'percent', durationUnit: 'minutes' }, true],
	])('sets attended for %s (%j with %j) to %p', (_, time, settings, attended) => {
		expect(people([entry(1, time)], {}, settings)).toMatchObject([{ attended }]);
	});

	it("'People Who Attended' omits people below the threshold and keeps those with an unknown time", () => {
		const entries = [entry(1, 599), entry(2, 600), entry(3, null)];
		const session = { attendees: [1, 2, 3, 4].map((n) => attendee(n)) };
		const items = people(entries, session, { include: 'present', from: 10 });
		expect(items.map(({ name, attended }) => [name, attended])).toEqual([
			['Name 2', true],
			['Name 3', null],
		]);
	});

	it.each([null, undefined, '', 'long', -5, {}, true, '00:30:00', NaN])(
		'sets attended to null, with a warning, for a person whose time is %p',
		(time) => {
			const [item] = people([entry(1, time)], { attendees: [attendee(1)] });
			expect(item).toMatchObject({
				attended: null,
				attended_seconds: null,
				attended_percent: null,
			});
			expect(warningsOf(item)).toEqual([expect.stringContaining('without a readable time')]);
		},
	);

	it('sets attended to null below the threshold if another entry has no readable time', () => {
		const items = people([entry(1, 60), entry(1, null)], {}, { from: 10 });
		expect(items).toMatchObject([{ attended: null, attended_seconds: 60 }]);
		expect(people([entry(1, 600), entry(1, null)], {}, { from: 10 })).toMatchObject([
			{ attended: true, attended_seconds: 600 },
		]);
	});
});

describe('Length of the session', () => {
	const without = (rest: IDataObject) => ({ report: { ...REPORT, ...rest } });

	it.each([0, null, undefined, 'an hour'])(
		'computes the length of the session from start and finish if the duration is %p',
		(duration) => {
			expect(people([entry(1, 1800)], without({ duration }))).toMatchObject([
				{ attended_percent: 50 },
			]);
		},
	);

	it('without duration and finish, shows no percentage, and a percent threshold leaves attended null', () => {
		const session = without({ duration: 0, actual_finish_date: null });
		expect(people([entry(1, 1800)], session)).toMatchObject([
			{ attended: true, attended_percent: null },
		]);
		const items = people([entry(1, 1800), entry(2, 0)], session, { from: 75, unit: 'percent' });
		expect(items).toMatchObject([
			{ attended: null, attended_seconds: 1800, attended_percent: null },
			{ attended: false, attended_seconds: 0 },
		]);
		expect(warningsOf(items[0])).toEqual([expect.stringContaining("doesn't say how long")]);
		expect(warningsOf(items[1])).toEqual([]);
	});

	it.each(NO_DATES)(
		'treats the length of the session as unknown if its start is the placeholder date %s',
		(date) => {
			const session = without({ duration: 0, actual_start_date: date });
			expect(people([entry(1, 1800)], session, { from: 75, unit: 'percent' })).toMatchObject([
				{ attended: null, attended_percent: null },
			]);
		},
	);

	it("shows a time longer than the session with a warning about 'Duration Unit'", () => {
		const [item] = people([entry(1, 3601)]);
		expect(item).toMatchObject({ attended: true, attended_seconds: 3601, attended_percent: 100 });
		expect(warningsOf(item)).toEqual([expect.stringContaining("'Duration Unit'")]);
	});

	it.each<[number, Partial<AttendanceSettings>, boolean]>([
		[89, {}, true],
		[90, {}, false],
		[0, {}, false],
		[1, { durationUnit: 'minutes' }, false],
	])(
		'warns on each item if the longest time in an hour is very short: %d with %j: %p',
		(time, settings, warns) => {
			const items = people([entry(1, time), entry(2, 0)], { attendees: [attendee(3)] }, settings);
			for (const item of items) {
				const isWarned = warningsOf(item).some((text) => text.includes('very short'));
				expect(isWarned).toBe(warns);
			}
		},
	);
});

describe('Absence', () => {
	it('warns on absent attendees if the report has people who match no attendee', () => {
		const items = people([only(9, 600)], { attendees: [attendee(1), attendee(2)] });
		expect(items.map(({ attended }) => attended)).toEqual([true, false, false]);
		for (const item of items.slice(1))
			expect(warningsOf(item)).toEqual([expect.stringContaining('match no attendee')]);
		expect(warningsOf(items[0])).toEqual([]);
	});

	it('warns on absent attendees if the report counts more people than it lists', () => {
		const session = { report: { ...REPORT, user_count: 2 }, attendees: [attendee(1), attendee(2)] };
		const [present, absent] = people([entry(1, 600)], session);
		expect(warningsOf(present)).toEqual([]);
		expect(warningsOf(absent)).toEqual([expect.stringContaining('more people than it lists')]);
	});

	it('sets attended by the times in the report, for any attendees and entries', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 }),
				fc.array(
					fc.record({
						n: fc.integer({ min: 0, max: 30 }),
						keys: fc.subarray(['attendance_code', 'user_id', 'email'], { minLength: 1 }),
						time: fc.oneof(fc.integer({ min: 0, max: 4000 }), fc.constant(null)),
					}),
					{ maxLength: 30 },
				),
				fc.integer({ min: 0, max: 60 }),
				(listed, visits, from) => {
					const entries = visits.map(({ n, keys, time }) => only(n, time, ...keys));
					const attendees = listed.map((n) => attendee(n));
					const items = people(entries, { attendees }, { from });
					for (const n of new Set([...listed, ...visits.map((visit) => visit.n)])) {
						const times = visits.filter((visit) => visit.n === n).map(({ time }) => time);
						const found = items.filter(({ email, attendance_code, user_guid }) =>
							[`p${n}@school.example`, codeOf(n), userOf(n)].some((id) =>
								[email, attendance_code, user_guid].includes(id),
							),
						);
						// A listed person is one item, any other at least one.
						if (listed.includes(n)) expect(found).toHaveLength(1);
						else expect(found.length).toBeGreaterThan(0);
						const most = Math.max(-1, ...times.map((time) => time ?? -1));
						if (most > 0 && most >= from * 60)
							expect(found.map(({ attended }) => attended)).toContain(true);
						else if (times.includes(null))
							expect(found.map(({ attended }) => attended)).toContain(null);
						else for (const { attended } of found) expect(attended).toBe(false);
						if (times.length === 0)
							expect(found).toMatchObject([{ attended_seconds: 0, first_joined: null }]);
					}
				},
			),
		);
	});
});

it('the number of values read grows no faster than the number of people', () => {
	/** How often a key of an entry or an attendee is read. */
	const reads = (count: number): number => {
		let read = 0;
		const counted = (model: IDataObject) =>
			new Proxy(model, {
				get: (target, key: string) => {
					read++;
					return target[key];
				},
			});
		const numbers = Array.from({ length: count }, (_, n) => n);
		const entries = numbers.flatMap((n) => [
			counted(only(n, n, 'email')),
			counted(only(2 * n, n, 'user_id')),
		]);
		const attendees = numbers.map((n) => counted(attendee(n)));
		expect(people(entries, { attendees }).length).toBeGreaterThanOrEqual(count);
		return read;
	};
	expect(reads(2000)).toBeLessThanOrEqual(2.1 * reads(1000));
});
