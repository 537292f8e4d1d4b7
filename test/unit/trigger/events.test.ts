import type { IDataObject } from 'n8n-workflow';

import {
	decideEvents,
	itemOf,
	sampleEvent,
	searchedDays,
	type TriggerOn,
	type Watch,
} from '../../../nodes/PerculusTrigger/events';
import {
	readState,
	revisionOf,
	writeState,
	type TriggerState,
} from '../../../nodes/PerculusTrigger/state';
import { DAY, HOUR, MINUTE, viewOf, World, type WorldSession } from './world';

const NOW = Date.UTC(2030, 4, 10, 9);
const GUID = '00000000-0000-4000-8000-000000000001';

const watch = (triggerOn: TriggerOn, rest: Partial<Watch> = {}): Watch => ({
	triggerOn,
	minutes: triggerOn === 'sessionEnded' ? 30 : 60,
	daysBack: 1,
	daysAhead: 90,
	filters: { zone: 'Europe/Istanbul' },
	settings: 'as they were',
	...rest,
});

const session = (start: number, rest: Partial<WorldSession> = {}): IDataObject =>
	viewOf({
		guid: GUID,
		name: 'Algebra',
		start,
		duration: 60,
		status: 1,
		created: NOW - 5 * DAY,
		writtenOffset: 180,
		...rest,
	});

/** The state after the first poll of an account without sessions. */
const since = (at: number): TriggerState => ({
	settings: 'as they were',
	baseline: at,
	sessions: {},
});

const decide = (
	views: IDataObject[],
	triggerOn: TriggerOn,
	{
		before = since(NOW - DAY),
		now = NOW,
		...rest
	}: Partial<Watch> & { before?: TriggerState | undefined; now?: number } = {},
) => decideEvents(views, before, watch(triggerOn, rest), now);

const fires = (...given: Parameters<typeof decide>) => decide(...given).events.length > 0;

describe('Session Starting', () => {
	it.each([
		['61 minutes before the start', 61 * MINUTE, false],
		['exactly 60 minutes before the start', 60 * MINUTE, true],
		['a second before the start', 1000, true],
		['at the start', 0, false],
		['after the start', -MINUTE, false],
	])('Session Starting fires %s (%d ms): %s', (_, ahead, expected) => {
		expect(fires([session(NOW + ahead)], 'sessionStarting')).toBe(expected);
	});

	it('Session Starting fires right after activation', () => {
		const { events } = decideEvents(
			[session(NOW + 10 * MINUTE)],
			undefined,
			watch('sessionStarting'),
			NOW,
		);
		expect(events).toHaveLength(1);
	});

	it('Session Starting does not fire again for a start that the session had before', () => {
		let state = since(NOW - DAY);
		const starts = [30, 40, 30, 40, 50].map((minutes) => {
			const after = decide([session(NOW + minutes * MINUTE)], 'sessionStarting', { before: state });
			state = after.state;
			return after.events.length;
		});
		expect(starts).toEqual([1, 1, 0, 0, 1]);
	});

	it('Session Starting does not fire again after its minutes were changed', () => {
		const { state } = decide([session(NOW + 50 * MINUTE)], 'sessionStarting');
		const later = { before: state, now: NOW + 40 * MINUTE, minutes: 15 };
		expect(fires([session(NOW + 50 * MINUTE)], 'sessionStarting', later)).toBe(false);
	});

	it('Session Starting does not fire if a session becomes due and starts between two polls', () => {
		const views = [session(NOW + 70 * MINUTE)];
		const { state } = decide(views, 'sessionStarting');
		expect(fires(views, 'sessionStarting', { before: state, now: NOW + 80 * MINUTE })).toBe(false);
	});
});

it.each<TriggerOn>(['sessionStarting', 'sessionCreated'])(
	'%s fires once for a session with a negative duration',
	(triggerOn) => {
		const view = session(NOW + MINUTE, { duration: -100_000, created: NOW });
		const { events, state } = decide([view], triggerOn);
		expect(events).toHaveLength(1);
		expect(fires([view], triggerOn, { before: state })).toBe(false);
	},
);

describe('Session Ended', () => {
	const ended = (ago: number, rest: Partial<WorldSession> = {}) =>
		session(NOW - ago - 60 * MINUTE, rest);

	it.each([
		['29 minutes after the end', 29 * MINUTE, false],
		['exactly 30 minutes after the end', 30 * MINUTE, true],
		['24 hours and 30 minutes after the end', DAY + 30 * MINUTE, true],
		['24 hours, 30 minutes and a second after the end', DAY + 30 * MINUTE + 1000, false],
	])('Session Ended fires %s (%d ms): %s', (_, ago, expected) => {
		const before = since(NOW - 10 * DAY);
		expect(fires([ended(ago)], 'sessionEnded', { before })).toBe(expected);
	});

	it('Session Ended only fires for sessions that are due after the baseline', () => {
		const before = since(NOW - HOUR);
		expect(fires([ended(30 * MINUTE + HOUR)], 'sessionEnded', { before })).toBe(false);
		expect(fires([ended(30 * MINUTE + HOUR - 1000)], 'sessionEnded', { before })).toBe(true);
	});

	it('Session Ended does not fire again after an early finish or with a longer duration', () => {
		const { state } = decide([ended(30 * MINUTE)], 'sessionEnded');
		for (const duration of [5, 20, 61, 90]) {
			const views = [ended(30 * MINUTE, { duration })];
			const later = { before: state, now: NOW + 2 * HOUR };
			expect(fires(views, 'sessionEnded', later)).toBe(false);
		}
	});

	it('Session Ended fires as soon as an early finish is due', () => {
		const start = NOW - 40 * MINUTE;
		expect(fires([session(start)], 'sessionEnded')).toBe(false);
		expect(fires([session(start, { duration: 10 })], 'sessionEnded')).toBe(true);
	});

	it('Session Ended does not fire again if more minutes make the end due again', () => {
		const { state } = decide([ended(30 * MINUTE)], 'sessionEnded');
		const now = NOW + 9 * DAY;
		const minutes = (9 * DAY) / MINUTE;
		const before = decide([], 'sessionEnded', { before: state, now: now - HOUR }).state;
		expect(fires([ended(30 * MINUTE)], 'sessionEnded', { before, now, minutes })).toBe(false);
		expect(fires([ended(30 * MINUTE)], 'sessionEnded', { now, minutes })).toBe(true);
	});

	it.each([null, undefined, '', 'long'])(
		'Session Ended does not fire without a duration: %p',
		(duration) => {
			const view = { ...ended(2 * HOUR), duration } as IDataObject;
			expect(fires([view], 'sessionEnded')).toBe(false);
		},
	);
});

describe('Session Created', () => {
	const before = since(NOW - HOUR);
	const fresh = { created: NOW - MINUTE };

	it.each([
		['created after the baseline', { created: NOW - MINUTE }, true],
		['created ten minutes before it', { created: NOW - HOUR - 10 * MINUTE }, true],
		['created earlier and moved into the window', { created: NOW - HOUR - 11 * MINUTE }, false],
	])('Session Created fires for a session %s: %p, %s', (_, rest, expected) => {
		expect(fires([session(NOW + DAY, rest)], 'sessionCreated', { before })).toBe(expected);
	});

	const noDates = [undefined, null, '', 'yesterday', '1970-01-01T00:00:00+00:00'];
	it.each(noDates)('Session Created fires once for a GUID without a creation date: %p', (date) => {
		const view = { ...session(NOW + DAY), creation_date: date } as IDataObject;
		const { events, state } = decide([view], 'sessionCreated', { before });
		expect(events).toHaveLength(1);
		expect(fires([view], 'sessionCreated', { before: state })).toBe(false);
	});

	it('Session Created fires when a session enters the window', () => {
		const view = session(NOW + 95 * DAY, fresh);
		const { events, state } = decide([view], 'sessionCreated', { before });
		expect(events).toEqual([]);
		expect(fires([view], 'sessionCreated', { before: state, now: NOW + 6 * DAY })).toBe(true);
	});

	it('Session Created does not fire for existing sessions after parameters change', () => {
		const { state } = decide([session(NOW + DAY, fresh)], 'sessionCreated', { before });
		const changed = { before: state, settings: 'new' };
		const other = session(NOW + DAY, { ...fresh, guid: GUID.replace(/1$/, '2') });
		const after = decide([session(NOW + DAY, fresh), other], 'sessionCreated', changed);
		expect(after.events).toEqual([]);
		expect(after.state.baseline).toBe(NOW);
		const next = { before: after.state, settings: 'new', now: NOW + MINUTE };
		expect(fires([session(NOW + DAY, fresh), other], 'sessionCreated', next)).toBe(false);
	});
});

describe('Session Updated', () => {
	const seen = decide([session(NOW + DAY)], 'sessionUpdated').state;
	const changedTo = (changes: IDataObject) =>
		decide([{ ...session(NOW + DAY), ...changes }], 'sessionUpdated', { before: seen }).events[0]
			?.changedFields;

	it.each<[IDataObject, string[] | undefined]>([
		[{}, undefined],
		[{ name: 'Geometry' }, ['name']],
		[{ start_date: '2030-05-11T12:01:00+03:00' }, ['start_date']],
		[{ timezone: 'Europe/Berlin' }, ['timezone']],
		[{ timezone: 'europe/istanbul' }, undefined],
		[{ duration: 90 }, ['duration']],
		[{ duration: '60' }, undefined],
		[{ status: 2, name: 'Geometry' }, ['name', 'status']],
		[{ start_date: '2030-05-11T09:00:00Z' }, undefined],
		[{ start_date: '2030-05-11T12:00:00.0000000+03:00' }, undefined],
		[{ tags: 'evening', description: 'New', replay_status: 2, updating_date: 'now' }, undefined],
		[{ status: -1, name: 'Geometry' }, undefined],
	])('Session Updated names for the change %p the fields %p', (changes, expected) => {
		expect(changedTo(changes)).toEqual(expected);
	});

	it('Session Updated does not fire when a session is first seen', () => {
		expect(seen.sessions).toHaveProperty([GUID]);
		expect(fires([session(NOW + DAY)], 'sessionUpdated')).toBe(false);
	});
});

describe('Window', () => {
	const zoned = (instant: string) => session(Date.parse(instant), { created: NOW });

	it.each([
		['2030-05-08T23:59:00+03:00', false],
		['2030-05-09T00:00:00+03:00', true],
		['2030-08-08T23:59:00+03:00', true],
		['2030-08-09T00:00:00+03:00', false],
	])('the window has whole days in the zone of the workflow: %s, %s', (start, expected) => {
		expect(fires([zoned(start)], 'sessionCreated')).toBe(expected);
	});

	it.each<[TriggerOn, boolean, number, number]>([
		['sessionStarting', false, 0, 0],
		['sessionStarting', true, 0, 90],
		['sessionEnded', false, -1, 0],
		['sessionEnded', true, -30, 0],
		['sessionCreated', false, -1, 90],
		['sessionUpdated', true, -1, 90],
	])(
		'the search of %s (sample: %s) is from day %i to day %i',
		(triggerOn, isSample, first, last) => {
			const today = Date.UTC(2030, 4, 10) / DAY;
			const { from, until } = searchedDays(watch(triggerOn), NOW, isSample);
			expect([from, until]).toEqual([today + first, today + last]);
		},
	);
});

describe('Start of a session', () => {
	it.each([
		['2030-05-10T12:30:00', 'Europe/Istanbul', true],
		['2030-05-10T09:30:00', 'Europe/Istanbul', false],
		['2030-05-10T11:30:00', 'Europe/Berlin', true],
		['2030-05-10T12:30:00', 'nowhere', true],
		['2030-05-10T09:30:00Z', 'nowhere', true],
		['soon', 'Europe/Istanbul', false],
		[null, 'Europe/Istanbul', false],
	])('Session Starting fires for the start %p in %s: %p', (start_date, timezone, expected) => {
		const view = { ...session(NOW), start_date, timezone };
		expect(fires([view], 'sessionStarting')).toBe(expected);
	});

	it('the start is an instant on days on which clocks change', () => {
		// Clocks in Berlin go forward at 01:00 UTC on this day.
		const now = Date.parse('2030-03-31T00:30:00Z');
		const view = (start_date: string) => ({
			...session(now),
			start_date,
			timezone: 'Europe/Berlin',
		});
		const { events } = decide([view('2030-03-31T03:15:00+02:00')], 'sessionStarting', { now });
		const item = itemOf(events[0]!, watch('sessionStarting'), { now, isSimplified: true });
		expect(item).toMatchObject({ event_at: '2030-03-31T03:15:00+02:00', starts_in_minutes: 45 });
		expect(fires([view('2030-03-31T04:15:00+02:00')], 'sessionStarting', { now })).toBe(false);
	});
});

describe('State', () => {
	const size = (state: TriggerState) => JSON.stringify(state.sessions).length;

	it('the state of a session takes less than 200 bytes with all events', () => {
		let state = since(NOW - DAY);
		const view = session(NOW + 30 * MINUTE, { created: NOW });
		for (const triggerOn of ['sessionStarting', 'sessionCreated', 'sessionUpdated'] as const) {
			state = decide([view], triggerOn, { before: state }).state;
		}
		state = decide([view], 'sessionEnded', { before: state, now: NOW + 2 * HOUR }).state;
		expect(state.sessions[GUID]).toEqual({
			at: expect.any(Number) as number,
			starting: [expect.any(Number)],
			created: 1,
			seen: expect.stringMatching(/^[\w-]{30}$/) as string,
			ended: [expect.any(Number)],
		});
		expect(size(state)).toBeLessThan(200);
	});

	it('the state of Session Starting only has sessions that fired', () => {
		const views = [session(NOW + 2 * DAY), session(NOW - 2 * HOUR)];
		expect(size(decide([views[0]!], 'sessionStarting').state)).toBe(2);
		expect(size(decide([views[1]!], 'sessionStarting').state)).toBe(2);
	});

	it('the state forgets a session that did not fire when it leaves the window', () => {
		const { state } = decide([session(NOW)], 'sessionUpdated');
		const at = (days: number) =>
			decide([], 'sessionUpdated', { before: state, now: NOW + days * DAY }).state.sessions;
		expect(at(1.9)).toHaveProperty([GUID]);
		expect(at(2.1)).toEqual({});
	});

	it('the state forgets a session that fired ten days after its end', () => {
		const { state } = decide([session(NOW + MINUTE)], 'sessionStarting');
		const at = (days: number) =>
			decide([], 'sessionStarting', { before: state, now: NOW + days * DAY }).state.sessions;
		expect(at(10)).toHaveProperty([GUID]);
		expect(at(10.1)).toEqual({});
	});

	it('the state forgets the old starts of a session that is rescheduled again and again', () => {
		let state = since(NOW - DAY);
		for (let day = 0; day < 40; day++) {
			const now = NOW + day * DAY;
			state = decide([session(now + MINUTE)], 'sessionStarting', { before: state, now }).state;
		}
		expect(state.sessions[GUID]?.starting?.length).toBeLessThan(13);
	});

	it('the state is only written when something changed, and stays the same as JSON', () => {
		const data: IDataObject = {};
		const { state } = decide([session(NOW + MINUTE)], 'sessionStarting');
		writeState(data, state);
		expect(revisionOf(data)).toBe(1);
		expect(readState(JSON.parse(JSON.stringify(data)) as IDataObject)).toEqual(state);
		const same = decide([session(NOW + MINUTE)], 'sessionStarting', { before: readState(data) });
		writeState(data, same.state);
		expect(revisionOf(data)).toBe(1);
	});

	it.each([{}, { settings: 1 }, { settings: 'a', baseline: 1, sessions: null }])(
		'no state is read from %p',
		(data) => expect(readState(data as IDataObject)).toBeUndefined(),
	);
});

describe('Item of an event', () => {
	const show = { now: NOW, isSimplified: true };

	it.each<[TriggerOn, string, IDataObject]>([
		['sessionStarting', 'session_starting', { starts_in_minutes: 31 }],
		['sessionEnded', 'session_ended', {}],
		['sessionCreated', 'session_created', {}],
		['sessionUpdated', 'session_updated', { changed_fields: ['name'] }],
	])(
		'an item of %s begins with the event, its time and the Session GUID',
		(triggerOn, event, rest) => {
			const start = NOW + 30 * MINUTE + 1000;
			const at = { sessionStarting: start, sessionEnded: start + HOUR }[triggerOn as string] ?? NOW;
			const fired = { view: session(start), start, at, changedFields: ['name'] };
			const item = itemOf(fired, watch(triggerOn), show);
			expect(Object.keys(item).slice(0, 3)).toEqual(['event', 'event_at', 'session_guid']);
			expect(item).toMatchObject({ event, name: 'Algebra', ...rest });
			expect(Date.parse(String(item.event_at))).toBe(at);
			expect(item.event_at).toMatch(/\+03:00$/);
			expect('starts_in_minutes' in item).toBe(triggerOn === 'sessionStarting');
			expect('changed_fields' in item).toBe(triggerOn === 'sessionUpdated');
			expect('creation_date' in item).toBe(false);
			const whole = itemOf(fired, watch(triggerOn), { ...show, isSimplified: false });
			expect('creation_date' in whole).toBe(true);
		},
	);
});

describe('Sample', () => {
	const views = [-40, -20, -2, 3, 80, 100].map((days) =>
		session(NOW + days * DAY, { name: `${days}` }),
	);

	it.each<[TriggerOn, string]>([
		['sessionStarting', '3'],
		['sessionEnded', '-2'],
		['sessionCreated', '3'],
		['sessionUpdated', '3'],
	])('the sample of %s is the nearest session: %s', (triggerOn, name) => {
		expect(sampleEvent(views, watch(triggerOn), NOW)?.view.name).toBe(name);
	});

	it.each<[TriggerOn, number]>([
		['sessionStarting', 91],
		['sessionStarting', -1],
		['sessionEnded', -31],
		['sessionEnded', 1],
		['sessionCreated', -3],
		['sessionUpdated', 92],
	])('a session is no sample of %s %i days from now', (triggerOn, days) => {
		expect(sampleEvent([session(NOW + days * DAY)], watch(triggerOn), NOW)).toBeUndefined();
	});
});

describe('Poll', () => {
	afterEach(() => jest.restoreAllMocks());

	it('a poll decides by the time at which its search returned', async () => {
		const world = new World();
		jest.spyOn(Date, 'now').mockImplementation(() => world.now);
		const { now: begin } = world;
		world.sessions = [
			{
				guid: GUID,
				name: 'Algebra',
				start: begin + 10 * MINUTE,
				duration: 60,
				status: 1,
				created: begin,
				writtenOffset: 180,
			},
		];
		world.onAnswer = () => (world.now = begin + 11 * MINUTE);
		expect(await world.poll()).toEqual([]);
		world.now = begin;
		world.onAnswer = () => (world.now = begin + MINUTE);
		expect(await world.poll()).toHaveLength(1);
	});
});
