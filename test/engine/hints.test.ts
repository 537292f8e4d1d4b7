import type { IDataObject } from 'n8n-workflow';

import { SAMPLE_UNKNOWN_GUID, startPerculusServer, type PerculusServer } from '../perculus-server';
import { runPerculus } from './harness';

/** The server's moment, so that no start of these tests ever lies in the past by itself. */
const NOW = '2030-02-06T16:07:35.488565+03:00';
const ZONE = 'Europe/Istanbul';

let server: PerculusServer;
beforeAll(async () => {
	server = await startPerculusServer({ clock: () => NOW });
});
beforeEach(() => server.reset());
afterAll(async () => await server.stop());

const hintsOf = async (items: IDataObject[], options: IDataObject = {}) => {
	const parameters = { options: options as never };
	const { hints } = await runPerculus({ server, items, parameters, timezone: ZONE });
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
	"Items without a time zone were taken to be in Europe/Istanbul, the workflow's time zone. Map 'Time Zone' to choose another.",
);

it('is silent when all is well', async () => {
	expect(await hintsOf([...many(5), good({ timezone: 'Asia/Tokyo' })])).toEqual([]);
});

describe('rejections', () => {
	it.each<[string, IDataObject[]]>([
		[
			'3 of 12 sessions were rejected: 2 validation_error, 1 session_not_found.',
			[...many(9), missing, past('A'), past('B')],
		],
		['1 of 1 session was rejected: 1 session_not_found.', [missing]],
		['1 of 2 sessions was rejected: 1 validation_error.', [good(), good({ duration: 1 })]],
		['3 of 3 sessions were rejected: 3 validation_error.', [past('A'), good({ duration: 1 }), {}]],
	])('%s', async (message, items) => {
		expect(await hintsOf(items)).toEqual([onPane('warning', message)]);
	});

	it('are counted once per run, not once per request', async () => {
		const items = [past('A'), good(), past('B'), good({ name: 'CS202' }), missing];

		expect(await hintsOf(items, { batchSize: 1 })).toEqual([
			onPane('warning', '3 of 5 sessions were rejected: 2 validation_error, 1 session_not_found.'),
		]);
	});

	it('are told apart from what may have been saved', async () => {
		server.set({ omit: ({ name }) => name === 'Lost' });

		expect(await hintsOf([good({ name: 'Lost' }), good(), past('A')])).toEqual([
			onPane('warning', '1 of 3 sessions was rejected: 1 validation_error.'),
			onPane(
				'danger',
				'1 of 3 sessions may or may not have been saved: 1 no_result. Look in Perculus before sending again.',
			),
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
		]);
	});
});

describe('the assumed zone', () => {
	it('is named once, whatever the number of items and requests', async () => {
		expect(await hintsOf(many(6, { timezone: '' }), { batchSize: 2 })).toEqual([assumed]);
	});

	it('is named where one item has none', async () => {
		expect(await hintsOf([good(), good({ name: 'CS202', timezone: null })])).toEqual([assumed]);
	});

	it.each<[string, IDataObject]>([
		['updates', { start_date: '2030-08-05T12:00:00' }],
		['updates to an instant', { start_date: '2030-08-05T12:00:00Z' }],
	])('is not named for %s', async (_, change) => {
		const { session_guid } = server.preload({});

		expect(await hintsOf([{ session_guid, ...change }])).toEqual([]);
	});

	it('is not named for items that were not sent', async () => {
		const [only, ...more] = await hintsOf([good({ timezone: '', duration: 1 })]);

		expect([only?.message, more]).toEqual(['1 of 1 session was rejected: 1 validation_error.', []]);
	});
});

describe('the size of the request', () => {
	const suggestion = onPane(
		'info',
		"501 sessions were sent in as few requests as possible. If Perculus takes long to answer, set the option 'Batch Size'.",
	);

	it('is told above 500 sessions', async () => {
		expect(await hintsOf(many(501))).toEqual([suggestion]);
	});

	it('is not told up to 500, or where it was chosen', async () => {
		expect(await hintsOf(many(500))).toEqual([]);
		expect(await hintsOf(many(501), { batchSize: 250 })).toEqual([]);
	});

	it('counts what was sent', async () => {
		const items = [...many(2), ...many(499, { duration: 1 })];
		const messages = (await hintsOf(items)).map(({ message }) => message);

		expect(messages).toEqual(['499 of 501 sessions were rejected: 499 validation_error.']);
	});
});
