import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { DAY, HOUR, MINUTE, World, type Sent, type WorldSession } from './world';

/** Each sequence takes less than ten days, the time for which the state keeps sessions that fired. */
const MINUTES = { sessionStarting: 60, sessionEnded: 30, sessionCreated: 0, sessionUpdated: 0 };
type TriggerOn = keyof typeof MINUTES;

const guidAt = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

type Step =
	| { kind: 'wait'; minutes: number }
	| { kind: 'create'; startsIn: number; duration: number }
	| { kind: 'moveIn'; startsIn: number }
	| { kind: 'reschedule'; which: number; by: number }
	| { kind: 'setDuration'; which: number; duration: number }
	| { kind: 'rename'; which: number; name: string }
	| { kind: 'rewrite'; which: number; offset: number }
	| { kind: 'delete'; which: number }
	| { kind: 'changeParameters'; tag: string }
	| { kind: 'poll' }
	| { kind: 'pollTwiceAtOnce' }
	| { kind: 'pollWithNewerInside'; which: number }
	| { kind: 'pollAndCrash' }
	| { kind: 'pageFails'; page: number }
	| { kind: 'restart' };

const which = fc.nat(5);
const minutesAround = fc.integer({ min: -300, max: 600 });
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('wait' as const),
			minutes: fc.constantFrom(1, 5, 20, 45, 70, 200),
		}),
	},
	{ weight: 6, arbitrary: fc.constant({ kind: 'poll' as const }) },
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('create' as const),
			startsIn: minutesAround,
			duration: fc.constantFrom(5, 60, 360),
		}),
	},
	fc.record({ kind: fc.constant('moveIn' as const), startsIn: minutesAround }),
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('reschedule' as const),
			which,
			by: fc.constantFrom(-60, -1, 1, 60, 200),
		}),
	},
	fc.record({
		kind: fc.constant('setDuration' as const),
		which,
		duration: fc.constantFrom(5, 30, 60, 120, 360),
	}),
	fc.record({ kind: fc.constant('rename' as const), which, name: fc.constantFrom('A', 'B') }),
	fc.record({ kind: fc.constant('rewrite' as const), which, offset: fc.constantFrom(0, 180, 345) }),
	fc.record({ kind: fc.constant('delete' as const), which }),
	fc.record({ kind: fc.constant('changeParameters' as const), tag: fc.constantFrom('', 'x') }),
	fc.constant({ kind: 'pollTwiceAtOnce' as const }),
	{
		weight: 2,
		arbitrary: fc.record({ kind: fc.constant('pollWithNewerInside' as const), which }),
	},
	fc.constant({ kind: 'pollAndCrash' as const }),
	fc.record({ kind: fc.constant('pageFails' as const), page: fc.integer({ min: 1, max: 3 }) }),
	fc.constant({ kind: 'restart' as const }),
);

/** Decides what must fire, from the whole history, without the state of the trigger. */
class Oracle {
	private baseline = -Infinity;
	private settings: string | undefined;
	private readonly sent = new Set<string>();
	private readonly seen = new Map<string, Record<string, unknown>>();

	constructor(private readonly triggerOn: TriggerOn) {}

	/** What a poll must send now, which then counts as sent. */
	expect({ now, sessions, parameters }: World): Sent {
		const settings = JSON.stringify(parameters);
		const isFirst = settings !== this.settings;
		if (isFirst) [this.settings, this.baseline] = [settings, now];
		const alive = sessions.filter(({ status }) => status !== -1);
		return alive.flatMap((session) => {
			const fires = this.decide(session, now, isFirst);
			return fires ? [{ guid: session.guid, changed: fires.changed }] : [];
		});
	}

	private once(key: string): { changed?: undefined } | undefined {
		if (this.sent.has(key)) return undefined;
		this.sent.add(key);
		return {};
	}

	private decide(
		session: WorldSession,
		now: number,
		isFirst: boolean,
	): { changed?: string[] | undefined } | undefined {
		const { guid, start, duration, name, status, created } = session;
		const minutes = MINUTES[this.triggerOn] * MINUTE;
		if (this.triggerOn === 'sessionStarting') {
			return start > now && start - minutes <= now ? this.once(`${guid} ${start}`) : undefined;
		}
		if (this.triggerOn === 'sessionEnded') {
			const due = start + duration * MINUTE + minutes;
			const isDue = due <= now && due > this.baseline && due >= now - DAY;
			return isDue ? this.once(`${guid} ${start}`) : undefined;
		}
		const before = this.seen.get(guid);
		const fields: Record<string, unknown> = { name, start_date: start, duration, status };
		this.seen.set(guid, fields);
		if (isFirst) return undefined;
		if (this.triggerOn === 'sessionCreated') {
			return before === undefined && created >= this.baseline - 10 * MINUTE ? {} : undefined;
		}
		if (before === undefined) return undefined;
		const changed = Object.keys(fields).filter((field) => fields[field] !== before[field]);
		return changed.length > 0 ? { changed } : undefined;
	}
}

/** Runs everything that waits for nothing external. */
const flush = async () => await new Promise((resolve) => setImmediate(resolve));

const inOrder = (sent: Sent) => [...sent].sort((a, b) => a.guid.localeCompare(b.guid));

class Run {
	readonly world = new World();
	private readonly oracle: Oracle;
	private count = 0;

	constructor(
		triggerOn: TriggerOn,
		/** Minutes by which the server's clock is ahead. */
		private readonly skew: number,
	) {
		this.oracle = new Oracle(triggerOn);
		this.world.parameters = {
			triggerOn,
			minutesBefore: MINUTES.sessionStarting,
			minutesAfter: MINUTES.sessionEnded,
			options: { daysBack: 10, daysAhead: 10 },
		};
	}

	private add(startsIn: number, duration: number, created: number): void {
		const { world } = this;
		world.sessions.push({
			guid: guidAt(++this.count),
			name: 'A',
			start: world.now + startsIn * MINUTE,
			duration,
			status: 1,
			created: Math.floor((created + this.skew * MINUTE) / 1000) * 1000,
			writtenOffset: 180,
		});
	}

	private change(at: number, changes: Partial<WorldSession>): void {
		const session = this.world.sessions[at % Math.max(this.world.sessions.length, 1)];
		if (session) Object.assign(session, changes);
	}

	async take(step: Step): Promise<void> {
		const { world } = this;
		switch (step.kind) {
			case 'wait':
				world.now += step.minutes * MINUTE;
				return;
			case 'create':
				return this.add(step.startsIn, step.duration, world.now);
			case 'moveIn':
				return this.add(step.startsIn, 60, world.now - 3 * DAY);
			case 'reschedule': {
				const session = world.sessions[step.which % Math.max(world.sessions.length, 1)];
				if (session) session.start += step.by * MINUTE;
				return;
			}
			case 'setDuration':
				return this.change(step.which, { duration: step.duration });
			case 'rename':
				return this.change(step.which, { name: step.name });
			case 'rewrite':
				return this.change(step.which, { writtenOffset: step.offset });
			case 'delete':
				return this.change(step.which, { status: -1 });
			case 'changeParameters':
				world.parameters = {
					...world.parameters,
					options: { daysBack: 10, daysAhead: step.tag === '' ? 10 : 11 },
				};
				return;
			case 'restart':
				world.data = JSON.parse(JSON.stringify(world.data)) as IDataObject;
				return;
			case 'pollAndCrash': {
				const saved = JSON.stringify(world.data);
				await world.poll();
				world.data = JSON.parse(saved) as IDataObject;
				return;
			}
			case 'pageFails': {
				const saved = JSON.stringify(world.data);
				if ((step.page - 1) * 2 > world.sessions.length) return;
				world.failingPage = step.page;
				await expect(world.poll()).rejects.toThrow();
				world.failingPage = 0;
				expect(JSON.stringify(world.data)).toBe(saved);
				return;
			}
			case 'poll':
				expect(inOrder(await world.poll())).toEqual(inOrder(this.oracle.expect(world)));
				return;
			case 'pollWithNewerInside': {
				// All sessions fit the first page, so that the slower poll knows nothing of the change.
				let answer = (): void => undefined;
				world.pageSize = 100;
				world.gate = new Promise((resolve) => (answer = resolve));
				const slow = world.poll();
				await flush();
				this.change(step.which, { name: `C${world.now}` });
				world.gate = undefined;
				const newer = await world.poll();
				answer();
				const sent = [...newer, ...(await slow)];
				world.pageSize = 2;
				expect(inOrder(sent)).toEqual(inOrder(this.oracle.expect(world)));
				return;
			}
			case 'pollTwiceAtOnce': {
				const both = (await Promise.all([world.poll(), world.poll()])).flat();
				expect(inOrder(both)).toEqual(inOrder(this.oracle.expect(world)));
				return;
			}
		}
	}
}

describe('Any sequence of polls, changes, crashes and restarts', () => {
	afterEach(() => jest.restoreAllMocks());

	it.each(Object.keys(MINUTES) as TriggerOn[])(
		'%s fires each event once in any sequence of polls, changes, crashes and restarts',
		async (triggerOn) => {
			await fc.assert(
				fc.asyncProperty(
					fc.array(step, { minLength: 10, maxLength: 40 }),
					fc.integer({ min: -9, max: 9 }),
					async (steps, skew) => {
						const run = new Run(triggerOn, skew);
						jest.spyOn(Date, 'now').mockImplementation(() => run.world.now);
						for (const each of steps) await run.take(each);
						expect(run.world.now - Date.UTC(2030, 2, 30, 6)).toBeLessThan(10 * DAY - 12 * HOUR);
					},
				),
				{ numRuns: 300, seed: 20300330 },
			);
		},
	);
});
