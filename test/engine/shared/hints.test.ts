import type { IDataObject } from 'n8n-workflow';

import {
	SAMPLE_UNKNOWN_GUID,
	startPerculusServer,
	type PerculusServer,
} from '../../perculus-server';
import { runPerculus, type PerculusRun } from '../harness';

/** The server's clock, so that the starts in these tests are in the future. */
const NOW = '2030-02-06T16:07:35.488565+03:00';
const ZONE = 'Europe/Istanbul';

let server: PerculusServer;
beforeAll(async () => {
	server = await startPerculusServer({ clock: () => NOW });
});
beforeEach(() => server.reset());
afterAll(async () => await server.stop());

const hintsOf = async (
	items: IDataObject[],
	options: IDataObject = {},
	{ parameters = {}, ...rest }: Partial<PerculusRun> = {},
) => {
	const all = { options: options as never, ...parameters };
	const { hints } = await runPerculus({ server, items, timezone: ZONE, ...rest, parameters: all });
	return hints;
};

const good = (rest: IDataObject = {}): IDataObject => ({
	name: 'CS201',
	start_date: '2030-08-05T12:00:00',
	timezone: ZONE,
	duration: 120,
	...rest,
});
const many = (count: number, rest: IDataObject = {}) =>
	Array.from({ length: count }, (_, i) => good({ name: `CS${i}`, ...rest }));
const past = (name: string) => good({ name, start_date: '2020-08-05T12:00:00' });
const missing = { session_guid: SAMPLE_UNKNOWN_GUID, duration: 60 };

const onPane = (type: string, message: string) => ({ type, message, location: 'outputPane' });
const assumed = onPane(
	'info',
	"Items without a time zone use the workflow's, Europe/Istanbul. To choose another, set 'Default Time Zone' or map 'Time Zone'.",
);
const created = (count: number) =>
	onPane('info', `${count} session${count === 1 ? '' : 's'} created.`);

describe('Numbers of a run', () => {
	it('one hint has the numbers of created, updated and rejected sessions', async () => {
		const { session_guid } = server.preload({});
		const update = { session_guid, duration: 90 };

		expect(await hintsOf(many(6))).toEqual([created(6)]);
		expect(await hintsOf([good(), update])).toEqual([
			onPane('info', '1 session created, 1 updated.'),
		]);
		expect(await hintsOf([update])).toEqual([onPane('info', '1 session updated.')]);
		expect(await hintsOf([...many(9), update, missing, past('A'), good({ duration: 1 })])).toEqual([
			onPane('warning', '9 sessions created, 1 updated, 3 rejected.'),
		]);
		expect(await hintsOf([missing])).toEqual([onPane('warning', '1 session rejected.')]);
	});

	it.each([
		['create', '2 sessions created.'],
		['update', '2 sessions updated.'],
	])('the numbers are also shown for %s', async (operation, message) => {
		const guids = [server.preload({}), server.preload({})];
		const items = guids.map(({ session_guid }, i) => good({ session_guid, name: `CS${i}` }));

		expect(await hintsOf(items, {}, { parameters: { operation } })).toEqual([
			onPane('info', message),
		]);
	});

	it('the numbers are shown once per run, not once per request', async () => {
		const items = [past('A'), good(), past('B'), good({ name: 'CS202' }), missing];

		expect(await hintsOf(items, { batchSize: 1 })).toEqual([
			onPane('warning', '2 sessions created, 3 rejected.'),
		]);
	});

	it('the numbers are of type danger if a session may have been saved', async () => {
		server.set({ omit: ({ name }) => name === 'Lost' });

		expect(await hintsOf([good({ name: 'Lost' }), good(), past('A')])).toEqual([
			onPane('danger', '1 session created, 1 rejected, 1 may or may not have been saved.'),
		]);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'the numbers include sessions that an unsuccessful request left unsaved (%s)',
		async (onError) => {
			server.fail({ delayMs: 0 }, { status: 401 });
			expect(await hintsOf(many(5), { batchSize: 1 }, { onError })).toEqual([
				onPane('warning', '1 session created, 4 rejected.'),
			]);
		},
	);
});

it('a run that ends after something was saved says why the rest is rejected', async () => {
	server.fail({ delayMs: 0 }, { status: 401 });

	expect(await hintsOf(many(3), { batchSize: 1 })).toEqual([
		onPane(
			'danger',
			expect.stringMatching(
				/^Some sessions were saved before a request was unsuccessful\. The rest went to Rejected\. \S/,
			) as string,
		),
		onPane('warning', '1 session created, 2 rejected.'),
	]);
});

it('an unused column of GUIDs and a large run add no hint', async () => {
	const booked = many(501, { Booking: SAMPLE_UNKNOWN_GUID });
	expect(await hintsOf(booked)).toEqual([created(501)]);
});

describe('Results that fit no item', () => {
	it.each([
		[1, /^Perculus returned 1 result that fits no item: [\w-]{36}\.$/],
		[3, /^Perculus returned 3 results that fit no item: [\w-]{36}, [\w-]{36}, [\w-]{36}\.$/],
	])('a hint names results that fit no item by their GUIDs (%i)', async (stranger, message) => {
		server.set({ stranger });

		expect(await hintsOf([good()])).toEqual([
			created(1),
			onPane('warning', expect.stringMatching(message) as string),
		]);
	});
});

describe('Assumed time zone', () => {
	it('the assumed zone is named once for any number of items and requests', async () => {
		expect(await hintsOf(many(6, { timezone: '' }), { batchSize: 2 })).toEqual([
			created(6),
			assumed,
		]);
	});

	it('the assumed zone is named if one item has no zone', async () => {
		const items = [good(), good({ name: 'CS202', timezone: null })];

		expect(await hintsOf(items)).toEqual([created(2), assumed]);
	});

	it.each<[string, IDataObject]>([
		['updates', { start_date: '2030-08-05T12:00:00' }],
		['updates to an instant', { start_date: '2030-08-05T12:00:00Z' }],
	])('the assumed zone is not named for %s', async (_, change) => {
		const { session_guid } = server.preload({});

		expect(await hintsOf([{ session_guid, ...change }])).toEqual([
			onPane('info', '1 session updated.'),
		]);
	});

	it.each<[string, IDataObject]>([
		['was not sent', { duration: 1 }],
		['was rejected', { start_date: '2020-08-05T12:00:00' }],
	])('the assumed zone is not named for an item that %s', async (_, rest) => {
		const hints = await hintsOf([good({ timezone: '', ...rest })]);

		expect(hints).toEqual([onPane('warning', '1 session rejected.')]);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'the assumed zone is not named if the request failed and nothing was saved (%s)',
		async (onError) => {
			server.fail({ status: 401 });
			const hints = await hintsOf([good({ timezone: '' })], {}, { onError });

			expect(hints.map(({ type }) => type)).toEqual(['warning']);
		},
	);
});
