import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import {
	startPerculusServer,
	type PerculusServer,
	type StoredSession,
} from '../../perculus-server';
import { mapping, runPerculus, type PerculusRun } from '../harness';

/** The server's clock, so that no start in these tests is in the past by itself. */
const NOW = '2030-02-06T16:07:35.488565+03:00';
const ZONE = 'Europe/Istanbul';
const ELSEWHERE = 'Pacific/Auckland';
const STORED = '61E3D504-13EE-447F-9B36-6686C5C39FEB';

let server: PerculusServer;
beforeAll(async () => {
	server = await startPerculusServer({ clock: () => NOW });
});
beforeEach(() => server.reset());
afterAll(async () => await server.stop());

const run = async (
	items: PerculusRun['items'],
	parameters: IDataObject = {},
	timezone: string = ZONE,
) =>
	await runPerculus({
		server,
		items,
		parameters: parameters as PerculusRun['parameters'],
		timezone,
	});

/** Items as another node passes them on: only JSON values, without item links. */
const handedOn = (items: INodeExecutionData[]) =>
	items.map(({ json }) => JSON.parse(JSON.stringify(json)) as IDataObject);

const session = (rest: IDataObject = {}): IDataObject => ({
	name: 'CS201',
	start_date: '2030-08-05T12:00:00',
	duration: 120,
	...rest,
});

it("reads 12:00:00Z of the vendor's sample as noon in UTC, so it sends 15:00 in Istanbul", async () => {
	const done = await run([session({ start_date: '2030-08-05T12:00:00Z', lang: 'en-US' })]);

	expect(server.batches()).toMatchObject([
		[{ start_date: '2030-08-05T15:00:00Z', timezone: 'Europe/Istanbul' }],
	]);
	expect(done.approved[0]?.json.start_date).toBe('2030-08-05T15:00:00+03:00');
});

describe('A Rejected item as input', () => {
	const REFUSED: Array<[string, IDataObject]> = [
		['wall-clock time', session()],
		['an instant', session({ start_date: '2030-08-05T12:00:00Z' })],
		['another zone', session({ timezone: 'Asia/Kathmandu' })],
		[
			'an instant in another zone',
			session({ start_date: '2030-08-05T12:00:00-04:00', timezone: 'UTC' }),
		],
		['a day and a time', session({ start_date: '2030-08-05', start_time: '2:30 PM' })],
		[
			'a time that comes twice',
			session({ start_date: '2030-10-27T02:30', timezone: 'Europe/Berlin' }),
		],
		[
			'the second of two possible times',
			session({ start_date: '2030-10-27T02:30+01:00', timezone: 'Europe/Berlin' }),
		],
		[
			'fields of every kind',
			session({
				description: 'Two\nlines',
				tags: ['a', 'b'],
				lang: 'en-US',
				allow_recording: 'no',
				inaccessible_replay: 1,
				options: { allow_rating: 'no', chat: { offNewMsgSound: true }, preparation_time: '20' },
			}),
		],
		['an update', { session_guid: STORED, duration: 90 }],
		['an update of wall-clock time', { session_guid: STORED, start_date: '2030-08-05 12:00' }],
		['an update of an instant', { session_guid: STORED, start_date: '2030-08-05T12:00:00Z' }],
	];

	it.each(REFUSED)(
		'sends the same request again in workflows in other time zones: %s',
		async (_, item) => {
			server.set({ refuse: () => ({ code: 35 }) });
			const first = await run([item]);
			const second = await run(handedOn(first.rejected), {}, ELSEWHERE);
			const third = await run(handedOn(second.rejected), {}, 'America/New_York');

			const [sent, again, oncemore] = server.batches();
			expect(sent).toHaveLength(1);
			expect(again).toEqual(sent);
			expect(oncemore).toEqual(sent);
			expect(handedOn(second.rejected)).toEqual(handedOn(first.rejected));
			expect(handedOn(third.rejected)).toEqual(handedOn(first.rejected));
		},
	);

	it.each([
		['2030-10-27T02:30', '2030-10-27T02:30:00+02:00'],
		['2030-10-27T02:30+01:00', '2030-10-27T02:30:00+01:00'],
		['2030-08-05T12:00:00Z', '2030-08-05T14:00:00+02:00'],
	])('shows a start with the offset of its zone: %s as %s', async (start_date, written) => {
		server.set({ refuse: () => ({ code: 35 }) });
		const timezone = 'Europe/Berlin';
		const done = await run([session({ start_date, timezone })]);

		expect(done.rejected[0]?.json.session).toMatchObject({ start_date: written, timezone });
	});

	it('sends the same request again with manual mapping', async () => {
		server.set({ refuse: () => ({ code: 35 }) });
		const first = await run([session({ start_date: '2030-08-05T12:00:00Z' })]);
		const ids = ['name', 'start_date', 'timezone', 'duration'];
		const fields = mapping(Object.fromEntries(ids.map((id) => [id, `={{ $json.session.${id} }}`])));
		await run(handedOn(first.rejected), { fields }, ELSEWHERE);

		const [sent, again] = server.batches();
		expect(again).toEqual(sent);
	});

	it('sends the same request again with Include Input', async () => {
		server.set({ refuse: () => ({ code: 35 }) });
		const options = { includeInput: true };
		const first = await run([session({ tags: 'a' })], { options });
		await run(handedOn(first.rejected), { options }, ELSEWHERE);

		const [sent, again] = server.batches();
		expect(again).toEqual(sent);
	});

	it.each<[string, IDataObject, IDataObject]>([
		['the duration', session({ duration: 'abc' }), { duration: 120 }],
		['the name', session({ name: '' }), { name: 'CS201' }],
		[
			'the time',
			session({ start_date: '2030-08-05', start_time: 'noon' }),
			{ start_time: '12:00' },
		],
		['the zone', session({ timezone: 'Istanbull' }), { timezone: ZONE }],
		['an option', session({ options: { chat: 1 } }), { options: null }],
	])('creates the session at the same hour once %s is corrected', async (_, item, correction) => {
		const first = await run([item]);
		expect(server.requests).toEqual([]);
		const [rejected] = handedOn(first.rejected);
		const corrected = { ...(rejected?.session as IDataObject), ...correction };
		const started = correction.start_time === undefined ? ELSEWHERE : ZONE;
		const done = await run([{ ...rejected, session: corrected }], {}, started);

		expect(done.approved).toHaveLength(1);
		expect(server.batches()).toEqual([
			[{ name: 'CS201', start_date: '2030-08-05T12:00:00Z', timezone: ZONE, duration: 120 }],
		]);
	});
});

describe('An Approved item as input of an update', () => {
	/** No value is the default, so that a field that is lost or replaced by its default is noticed. */
	const UNUSUAL = {
		session_guid: STORED,
		name: 'Web  Development 101',
		description: 'The technologies used on the web',
		tags: 'a,b',
		lang: 'ar-SA',
		timezone: 'Asia/Kathmandu',
		start_date: '2030-08-05T12:00:00+05:45',
		duration: 75,
		allow_recording: false,
		inaccessible_replay: true,
		options: {
			allow_rating: false,
			preparation_time: 0,
			return_url: 'https://school.example/thanks',
			enable_recording_auto_start: false,
			chat: { offNewMsgSound: true },
			duration: { allowExtendTime: false },
		},
	};

	const stored = () => structuredClone(server.sessions.get(STORED)) as StoredSession;
	/** The stored session without the time of its last change. */
	const essence = ({ updating_date: _, ...rest }: StoredSession) => rest;

	/** An Approved item of that session, from an update that changes nothing. */
	const approvedItem = async (options: IDataObject = {}) => {
		server.preload(UNUSUAL);
		const update = [{ session_guid: STORED, name: UNUSUAL.name }];
		const done = await run(update, { options: { simplify: false, ...options } });
		return handedOn(done.approved)[0] as IDataObject;
	};

	it.each([ZONE, ELSEWHERE])(
		'an unchanged item changes nothing in the session (workflow in %s)',
		async (timezone) => {
			const item = await approvedItem();
			const before = stored();
			const done = await run([item], { operation: 'update' }, timezone);

			expect(done.approved[0]?.json).toMatchObject({ outcome: 'updated' });
			expect(done.approved[0]?.json.warnings).toBeUndefined();
			expect(essence(stored())).toEqual(essence(before));
			expect(stored().options).toMatchObject(UNUSUAL.options);
		},
	);

	it.each<[string, IDataObject, Partial<StoredSession>]>([
		['the name', { name: 'New' }, { name: 'New' }],
		['the tags', { tags: ['c'] }, { tags: 'c' }],
		[
			'the start',
			{ start_date: '2030-08-06T12:00:00+05:45' },
			{
				start_date: '2030-08-06T12:00:00+05:45',
				start_ms: Date.UTC(2030, 7, 6, 6, 15),
				start_wall_ms: Date.UTC(2030, 7, 6, 12),
			},
		],
	])('an item with %s changed changes only that', async (_, change, changed) => {
		const item = await approvedItem();
		const before = stored();
		await run([{ ...item, ...change }], {}, ELSEWHERE);

		expect(essence(stored())).toEqual({ ...essence(before), ...changed });
	});

	it('an item with the duration changed also changes the option session_duration', async () => {
		const item = await approvedItem();
		const before = stored();
		await run([{ ...item, duration: 100 }]);

		expect(essence(stored())).toEqual({
			...essence(before),
			duration: 100,
			options: { ...before.options, session_duration: 100 },
		});
	});

	it('an item with one option changed changes only that, also if Perculus replaces all options', async () => {
		for (const optionsOnUpdate of ['merge', 'replace'] as const) {
			server.reset();
			server.set({ optionsOnUpdate, strictFieldNames: true });
			const item = await approvedItem();
			const before = stored();
			const options = { ...(item.options as IDataObject), allow_reactions: false };
			await run([{ ...item, options }]);

			expect(essence(stored())).toEqual({
				...essence(before),
				options: { ...before.options, allow_reactions: false },
			});
		}
	});

	it('a simplified item changes nothing in the session', async () => {
		const item = await approvedItem({ simplify: true });
		const before = stored();
		await run([item], { options: { simplify: true } }, ELSEWHERE);

		expect(essence(stored())).toEqual(essence(before));
	});

	it('an item from a run with Include Input changes nothing in the session', async () => {
		const item = await approvedItem({ includeInput: true });
		const before = stored();
		await run([item], {}, ELSEWHERE);

		expect(essence(stored())).toEqual(essence(before));
	});

	it('Create or Update and Update create no second session from approved items', async () => {
		const made = await run([session(), session({ name: 'CS202' })]);
		for (const operation of ['upsert', 'update']) {
			const done = await run(handedOn(made.approved), { operation });
			expect(done.approved.map(({ json }) => json.outcome)).toEqual(['updated', 'updated']);
		}
		expect(server.sessions.size).toBe(2);
	});
});
