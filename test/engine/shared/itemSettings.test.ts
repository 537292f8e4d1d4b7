import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { startPerculusServer, type PerculusServer } from '../../perculus-server';
import { runPerculus, type EngineRun, type PerculusRun } from '../harness';

/** The server's clock, so that the starts in these tests are in the future. */
const NOW = '2030-02-06T16:07:35.488565+03:00';
const ZONE = 'Europe/Istanbul';
const STORED = '61E3D504-13EE-447F-9B36-6686C5C39FEB';

let server: PerculusServer;
beforeAll(async () => {
	server = await startPerculusServer({ clock: () => NOW });
});
beforeEach(() => server.reset());
afterAll(async () => await server.stop());

const run = async (items: IDataObject[], parameters: IDataObject, timezone: string = ZONE) =>
	await runPerculus({
		server,
		items,
		parameters: parameters as PerculusRun['parameters'],
		timezone,
	});

const noon = (name: string, rest: IDataObject = {}): IDataObject => ({
	name,
	start_date: '2030-08-05 12:00',
	duration: 60,
	...rest,
});
/** Name, start and zone of what was sent. */
const sent = () =>
	server
		.batches()
		.flat()
		.map(({ name, start_date, timezone }) => [name, start_date, timezone]);
const detailsOf = ({ rejected }: EngineRun) =>
	rejected.map(({ json }) => (json.rejection as { details: string[] }).details);
/** Hints other than the numbers of the run. */
const hintsOf = ({ hints }: EngineRun) =>
	hints.map(({ message }) => message).filter((message) => !/^\d+ session/.test(message));
const handedOn = (items: INodeExecutionData[]) =>
	items.map(({ json }) => JSON.parse(JSON.stringify(json)) as IDataObject);

/** Throws in n8n. */
const BROKEN = '$("Nowhere").item.json.x';

describe('Default Time Zone', () => {
	it('Default Time Zone is the zone of items without their own, and adds no hint', async () => {
		const items = [noon('a'), noon('b', { timezone: 'Europe/Berlin' }), noon('c')];
		const done = await run(items, { defaultTimezone: 'Asia/Tokyo' });

		expect(sent()).toEqual([
			['a', '2030-08-05T12:00:00Z', 'Asia/Tokyo'],
			['b', '2030-08-05T12:00:00Z', 'Europe/Berlin'],
			['c', '2030-08-05T12:00:00Z', 'Asia/Tokyo'],
		]);
		expect(done.approved.map(({ json }) => json.start_date)).toContain('2030-08-05T12:00:00+09:00');
		expect(hintsOf(done)).toEqual([]);
	});

	it.each(['', null, ' '])(
		"a Default Time Zone of %j is the workflow's zone, with a hint",
		async (left) => {
			const done = await run([noon('a')], { defaultTimezone: left });

			expect(sent()).toEqual([['a', '2030-08-05T12:00:00Z', ZONE]]);
			expect(hintsOf(done)).toEqual([expect.stringContaining(`the workflow's, ${ZONE}`)]);
		},
	);

	it.each([
		['new york', 'America/New_York'],
		['UTC', 'UTC'],
	])('Default Time Zone can be %s', async (defaultTimezone, zone) => {
		await run([noon('a')], { defaultTimezone });

		expect(sent()).toEqual([['a', '2030-08-05T12:00:00Z', zone]]);
	});

	it('Default Time Zone is sent with the start of an update, and not with other fields', async () => {
		server.preload({ session_guid: STORED, timezone: 'Europe/Berlin' });
		const session_guid = STORED;
		await run([{ session_guid, start_date: '2030-08-06 10:00' }], {
			defaultTimezone: 'Asia/Tokyo',
		});
		await run([{ session_guid, start_date: '2030-08-06T10:00:00Z' }], {
			defaultTimezone: 'Asia/Tokyo',
		});
		await run([{ session_guid, duration: 90 }], { defaultTimezone: 'Asia/Tokyo' });

		expect(server.batches().flat()).toEqual([
			{ session_guid, start_date: '2030-08-06T10:00:00Z', timezone: 'Asia/Tokyo' },
			{ session_guid, start_date: '2030-08-06T19:00:00Z', timezone: 'Asia/Tokyo' },
			{ session_guid, duration: 90 },
		]);
	});

	const EXPRESSIONS = [
		['a reference to a column', '={{ $json.school }}'],
		['an expression', '={{ $json.school.slice(0) }}'],
	];
	it.each(EXPRESSIONS)(
		'Default Time Zone is read for each item from %s',
		async (_, defaultTimezone) => {
			const items = [
				noon('a', { school: 'Asia/Tokyo' }),
				noon('b', { school: '' }),
				noon('c', { school: 'Berlin' }),
			];
			const done = await run(items, { defaultTimezone });

			expect(sent().map(([name, , zone]) => [name, zone])).toEqual([
				['a', 'Asia/Tokyo'],
				['b', ZONE],
				['c', 'Europe/Berlin'],
			]);
			// One item uses the workflow's zone.
			expect(hintsOf(done)).toHaveLength(1);
		},
	);

	it.each([...EXPRESSIONS, ['a constant', 'Istanbull']])(
		'an invalid Default Time Zone (%s) is reported only on items that need it',
		async (_, defaultTimezone) => {
			server.preload({ session_guid: STORED });
			const school = 'Istanbull';
			const items = [
				noon('a', { school }),
				noon('b', { school, timezone: 'Asia/Tokyo' }),
				{ session_guid: STORED, duration: 90, school },
			];
			const done = await run(items, { defaultTimezone });

			expect(detailsOf(done)).toEqual([
				[
					"The parameter 'Default Time Zone' must be an IANA name such as Europe/Istanbul; it is 'Istanbull'",
				],
			]);
			expect(done.rejected[0]?.json.session).toEqual(noon('a'));
			expect(server.batches()).toMatchObject([[{ name: 'b' }, { duration: 90 }]]);
		},
	);

	it("a Default Time Zone whose expression doesn't work for an item is reported on that item", async () => {
		const items = [noon('a'), noon('b', { school: 'Asia/Tokyo' })];
		const done = await run(items, { defaultTimezone: `={{ $json.school ?? ${BROKEN} }}` });

		expect(detailsOf(done)).toEqual([
			[
				expect.stringMatching(
					/^The parameter 'Default Time Zone' has an expression that does not work for this item: ./,
				),
			],
		]);
		expect(sent()).toEqual([['b', '2030-08-05T12:00:00Z', 'Asia/Tokyo']]);
	});

	it('a rejected item keeps its default zone when it is sent again with another one', async () => {
		server.set({ refuse: () => ({ code: 35 }) });
		const first = await run([noon('a')], { defaultTimezone: 'Asia/Tokyo' });
		await run(handedOn(first.rejected), { defaultTimezone: 'Europe/Berlin' }, 'America/New_York');

		const [once, again] = server.batches();
		expect(again).toEqual(once);
	});
});

describe('Date Format', () => {
	const reported = expect.stringContaining("the option 'Date Format'") as string;

	it.each([
		['a reference to a column', '={{ $json.format }}'],
		['an expression', '={{ $json.format + "" }}'],
	])('Date Format is read for each item from %s', async (_, dateFormat) => {
		const items = [
			noon('a', { start_date: '05.08.2030 12:00', format: 'dd.MM.yyyy HH:mm' }),
			noon('b', { start_date: '08/06/2030 2:00 PM', format: 'MM/dd/yyyy h:mm a' }),
			noon('c', { format: '' }),
			noon('d', { start_date: '05.08.2030 12:00', format: '' }),
			noon('e', { start_date: '05.08.2030 12:00', format: 'dd.MM.yyyy HH:MM' }),
		];
		const done = await run(items, { options: { dateFormat } });

		expect(sent()).toEqual([
			['a', '2030-08-05T12:00:00Z', ZONE],
			['b', '2030-08-06T14:00:00Z', ZONE],
			['c', '2030-08-05T12:00:00Z', ZONE],
		]);
		expect(detailsOf(done)).toEqual([
			[expect.stringContaining("set the option 'Date Format'")],
			[expect.stringContaining('names the month twice')],
		]);
	});

	it.each([
		'dd.MM.yyyy HH:MM',
		"dd.MM.yyyy HH:mm'Z'",
		'dd.MM.yyyy HH:mm a',
		'dd.MM.yyyy hh:mm',
		'yyyy-MM-dd WW HH:mm',
		'={{ 5 }}',
		'={{ ["dd.MM.yyyy"] }}',
		`={{ ${BROKEN} }}`,
	])('the invalid Date Format %s is reported only on items that need it', async (dateFormat) => {
		const dates = ['05.08.2030 12:00', '2030-08-05T12:00:00+03:00', '05.08.2030 02:10 PM'];
		const items = dates.map((start_date) => noon(start_date, { start_date }));
		const done = await run([...items, { session_guid: STORED, duration: 60 }], {
			options: { dateFormat },
		});

		expect(sent().map(([name]) => name)).toEqual([dates[1], undefined]);
		expect(detailsOf(done).slice(0, 2)).toEqual([[reported], [reported]]);
	});

	it("a Date Format that only the first item lacks doesn't stop the run", async () => {
		const items = [
			noon('a', { start_date: '05.08.2030 12:00' }),
			noon('b', { start_date: '06.08.2030 12:00', kind: { format: 'dd.MM.yyyy HH:mm' } }),
		];
		const done = await run(items, {
			options: { dateFormat: '={{ $json.kind.format }}', batchSize: 0 },
		});

		expect(sent()).toEqual([['b', '2030-08-06T12:00:00Z', ZONE]]);
		expect(done.rejected).toHaveLength(1);
	});
});
