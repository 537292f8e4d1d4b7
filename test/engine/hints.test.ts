import type { IDataObject } from 'n8n-workflow';

import { SAMPLE_UNKNOWN_GUID, startPerculusServer, type PerculusServer } from '../perculus-server';
import { mapping, runPerculus, type PerculusRun } from './harness';

/** The server's moment, so that no start of these tests ever lies in the past by itself. */
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
	"Items without a time zone were taken to be in Europe/Istanbul, the workflow's time zone. To choose another, set 'Default Time Zone' or map 'Time Zone'.",
);
const saved = (created: number, updated = 0) =>
	onPane('info', `${created} session${created === 1 ? '' : 's'} created, ${updated} updated.`);

describe('what was saved', () => {
	it('Create or Update tells how many were created, and how many updated', async () => {
		const { session_guid } = server.preload({});
		const update = { session_guid, duration: 90 };

		expect(await hintsOf([...many(5), good({ timezone: 'Asia/Tokyo' })])).toEqual([saved(6)]);
		expect(await hintsOf([good(), update])).toEqual([saved(1, 1)]);
		expect(await hintsOf([update])).toEqual([saved(0, 1)]);
	});

	it.each(['create', 'update'])('%s has nothing to tell when all is well', async (operation) => {
		const { session_guid } = server.preload({});
		const items = [good({ session_guid })];

		expect(await hintsOf(items, {}, { parameters: { operation } })).toEqual([]);
	});
});

describe('a column of GUIDs that was not used', () => {
	const warning = (start: string) =>
		expect.objectContaining({ type: 'warning', message: expect.stringContaining(start) });
	const guid = (digit: number) => `1B27EB7F-0000-4000-8000-00000000000${digit}`;
	const twoOf = (column: string, ...values: unknown[]) =>
		values.map((value, i) => good({ name: `CS${i}`, [column]: value as string }));

	it.each(['upsert', 'create'])(
		'is one warning for all sessions that %s created',
		async (operation) => {
			const items = twoOf('Booking', guid(1), guid(2), '');
			const { hints, approved } = await runPerculus({
				server,
				items,
				timezone: ZONE,
				parameters: { operation },
			});
			expect(hints.filter(({ type }) => type === 'warning')).toEqual([
				warning("The column 'Booking' was not used, and sessions were created."),
			]);
			expect(JSON.stringify(approved)).not.toContain('Booking');
		},
	);

	it('names several columns in one sentence', async () => {
		const items = [good({ Booking: guid(1), Room: guid(2) })];
		expect(await hintsOf(items)).toContainEqual(
			warning("The columns 'Booking', 'Room' were not used"),
		);
	});

	it.each<[string, IDataObject[]]>([
		['of which one value is none', twoOf('Booking', guid(1), 'B-2')],
		['of numbers', twoOf('Booking', 1, 2)],
		['beside a reference', [good({ Booking: guid(1), session_reference: 'guids-1' })]],
		['of sessions that were refused', [{ ...past('A'), Booking: guid(1) }]],
		[
			'that names the sessions',
			[{ 'Session ID': SAMPLE_UNKNOWN_GUID, Booking: guid(1), duration: 60 }],
		],
	])('is not told where it is one %s', async (_, items) => {
		for (const { message } of await hintsOf(items)) expect(message).not.toContain('not used');
	});

	it('is not told where the mapping is by hand', async () => {
		const fields = mapping({
			name: '={{ $json.name }}',
			start_date: '={{ $json.start_date }}',
			duration: '={{ $json.duration }}',
			timezone: ZONE,
		});
		const hints = await hintsOf(
			[good({ Booking: guid(1) })],
			{},
			{ parameters: { fields: fields as never } },
		);
		expect(hints).toEqual([saved(1)]);
	});

	it('is not told by Dry Run, which creates nothing', async () => {
		const hints = await hintsOf([good({ Booking: guid(1) })], { dryRun: true });
		for (const { message } of hints) expect(message).not.toContain('not used');
	});
});

describe('rejections', () => {
	it.each<[string, IDataObject[], number]>([
		[
			'2 of 12 sessions refused by Perculus: values to correct; 1 refused by Perculus: no session with this GUID.',
			[...many(9), missing, past('A'), past('B')],
			9,
		],
		['1 of 1 session refused by Perculus: no session with this GUID.', [missing], 0],
		['1 of 2 sessions not sent: values to correct.', [good(), good({ duration: 1 })], 1],
		[
			'2 of 3 sessions not sent: values to correct; 1 refused by Perculus: values to correct.',
			[past('A'), good({ duration: 1 }), {}],
			0,
		],
	])('%s', async (message, items, created) => {
		const rest = created > 0 ? [saved(created)] : [];
		expect(await hintsOf(items)).toEqual([onPane('warning', message), ...rest]);
	});

	it('are counted once per run, not once per request', async () => {
		const items = [past('A'), good(), past('B'), good({ name: 'CS202' }), missing];

		expect(await hintsOf(items, { batchSize: 1 })).toEqual([
			onPane(
				'warning',
				'2 of 5 sessions refused by Perculus: values to correct; 1 refused by Perculus: no session with this GUID.',
			),
			saved(2),
		]);
	});

	it('are told apart from what may have been saved', async () => {
		server.set({ omit: ({ name }) => name === 'Lost' });

		expect(await hintsOf([good({ name: 'Lost' }), good(), past('A')])).toEqual([
			onPane('warning', '1 of 3 sessions refused by Perculus: values to correct.'),
			onPane(
				'danger',
				'1 of 3 sessions may or may not have been saved: no result in the answer. Look in Perculus before sending again.',
			),
			saved(1),
		]);
	});

	it('of a request that failed are told in plain words', async () => {
		server.fail({ status: 401 });
		expect(await hintsOf([good()], {}, { onError: 'continueRegularOutput' })).toEqual([
			onPane('warning', '1 of 1 session not saved: keys not accepted.'),
		]);
	});

	it('that were not sent, because an earlier request failed, say so', async () => {
		server.fail({ delayMs: 0 }, { status: 401 });
		expect(await hintsOf(many(5), { batchSize: 1 }, { onError: 'continueRegularOutput' })).toEqual([
			onPane(
				'warning',
				'3 of 5 sessions not sent: an earlier request did not succeed; 1 not saved: keys not accepted.',
			),
			saved(1),
		]);
	});
});

describe('with the Error output', () => {
	const onError = 'continueErrorOutput';

	it('what is there is told as being there, and nothing of it as rejected', async () => {
		server.fail({ status: 401 });

		expect(await hintsOf(many(3), {}, { onError })).toEqual([
			onPane('warning', 'At Error: 3 of 3 sessions not saved: keys not accepted.'),
		]);
	});

	it('what may have been saved is told there, too', async () => {
		server.fail({ drop: 'before' });

		expect(await hintsOf(many(2), {}, { onError })).toEqual([
			onPane(
				'danger',
				'At Error: 2 of 2 sessions may or may not have been saved: no readable answer. Look in Perculus before sending again.',
			),
		]);
	});

	it('what is at Rejected beside it keeps its own count', async () => {
		server.fail({ status: 401 });

		expect(await hintsOf([...many(2), good({ duration: 1 })], {}, { onError })).toEqual([
			onPane('warning', '1 of 3 sessions not sent: values to correct.'),
			onPane('warning', 'At Error: 2 of 3 sessions not saved: keys not accepted.'),
		]);
	});
});

describe('results that fit no item', () => {
	it.each([
		[1, /^Perculus answered with 1 result that fits no item: [\w-]{36}\.$/],
		[3, /^Perculus answered with 3 results that fit no item: [\w-]{36}, [\w-]{36}, [\w-]{36}\.$/],
	])('%i of them are told with their GUIDs', async (stranger, message) => {
		server.set({ stranger });

		expect(await hintsOf([good()])).toEqual([
			onPane('warning', expect.stringMatching(message) as string),
			saved(1),
		]);
	});
});

describe('the assumed zone', () => {
	it('is named once, whatever the number of items and requests', async () => {
		expect(await hintsOf(many(6, { timezone: '' }), { batchSize: 2 })).toEqual([saved(6), assumed]);
	});

	it('is named where one item has none', async () => {
		const items = [good(), good({ name: 'CS202', timezone: null })];

		expect(await hintsOf(items)).toEqual([saved(2), assumed]);
	});

	it.each<[string, IDataObject]>([
		['updates', { start_date: '2030-08-05T12:00:00' }],
		['updates to an instant', { start_date: '2030-08-05T12:00:00Z' }],
	])('is not named for %s', async (_, change) => {
		const { session_guid } = server.preload({});

		expect(await hintsOf([{ session_guid, ...change }])).toEqual([saved(0, 1)]);
	});

	it.each<[string, IDataObject, RegExp]>([
		['was not sent', { duration: 1 }, /^1 of 1 session not sent/],
		['was refused', { start_date: '2020-08-05T12:00:00' }, /^1 of 1 session refused/],
	])('is not named for an item that %s', async (_, rest, message) => {
		const hints = await hintsOf([good({ timezone: '', ...rest })]);

		expect(hints).toEqual([onPane('warning', expect.stringMatching(message) as string)]);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'is not named where nothing was saved, since the request failed (%s)',
		async (onError) => {
			server.fail({ status: 401 });
			const hints = await hintsOf([good({ timezone: '' })], {}, { onError });

			expect(hints.map(({ type }) => type)).toEqual(['warning']);
		},
	);
});

describe('the size of the request', () => {
	const suggestion = onPane(
		'info',
		"501 sessions were sent in as few requests as possible. If Perculus takes long to answer, set the option 'Batch Size'.",
	);

	it('is told above 500 sessions', async () => {
		expect(await hintsOf(many(501))).toEqual([saved(501), suggestion]);
	});

	it('is not told up to 500, or where it was chosen', async () => {
		expect(await hintsOf(many(500))).toEqual([saved(500)]);
		expect(await hintsOf(many(501), { batchSize: 250 })).toEqual([saved(501)]);
	});

	it('counts what was sent', async () => {
		const items = [...many(2), ...many(499, { duration: 1 })];

		expect(await hintsOf(items)).toEqual([
			onPane('warning', '499 of 501 sessions not sent: values to correct.'),
			saved(2),
		]);
	});
});
