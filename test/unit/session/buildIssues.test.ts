import { DateTime } from 'luxon';

import type { FieldRecord } from '../../../nodes/Perculus/batch/catalogue';
import { SESSION_FIELDS } from '../../../nodes/Perculus/session/fields';
import { buildItem, issuesOf, toInput, unsent, type BuildSettings } from './building';

const SETTINGS: BuildSettings = {
	operation: 'upsert',
	workflowZone: 'America/New_York',
	startDateEncoding: 'wallClock',
};
const GUID = '1B27EB7F-0000-4000-8000-00000000000A';
const GOOD = { name: 'Algebra', start_date: '2027-03-05 14:00', duration: 60 };

const build = (record: FieldRecord, more: Partial<BuildSettings> = {}) =>
	buildItem({ record, issues: [] }, { ...SETTINGS, ...more }, 3);

describe('Items that cannot be sent', () => {
	it('reports the issues of all fields together', () => {
		const record = Object.fromEntries(SESSION_FIELDS.map(({ id }) => [id, { not: 'it' }]));
		const issues = issuesOf(build({ ...record, options: 5 }));
		// The time of day is only checked beside a valid date.
		expect(issues).toHaveLength(SESSION_FIELDS.length);
		for (const { id, label } of SESSION_FIELDS) {
			const found = issues.filter((issue) => issue.startsWith(`${label} must `));
			expect([id, found.length]).toEqual([id, id === 'start_time' ? 0 : 1]);
		}
		expect(issues.join()).not.toMatch(/error|problem|failure/i);
	});

	it('keeps the given values, converts valid ones, and lists earlier issues first', () => {
		const built = buildItem(
			{
				record: {
					name: 'Algebra',
					duration: 'abc',
					tags: ['a', 'b'],
					start_date: '2027-03-05 14:00',
				},
				issues: ['Language has an expression that does not work'],
			},
			SETTINGS,
			3,
		);
		expect(built).toEqual(
			unsent(
				3,
				{
					name: 'Algebra',
					duration: 'abc',
					tags: 'a,b',
					start_date: '2027-03-05T14:00:00-05:00',
					timezone: 'America/New_York',
				},
				[
					'Language has an expression that does not work',
					"Duration (Minutes) must be a whole number of minutes from 5 to 360; this item has 'abc'",
				],
			),
		);
	});

	it.each<[FieldRecord, Partial<BuildSettings>, string[]]>([
		[
			{},
			{},
			[
				'Name is missing; a new session needs it',
				'Start Date is missing; a new session needs it',
				'Duration (Minutes) is missing; a new session needs it',
			],
		],
		[
			{ ...GOOD, start_date: '', start_time: '14:30' },
			{},
			['Start Time is set, but Start Date is missing; also give the day'],
		],
		[
			GOOD,
			{ operation: 'update' },
			[
				'Session GUID is missing; an update needs the GUID of the session to change, or its Session Reference',
			],
		],
		[
			{ session_guid: ' ' },
			{ operation: 'update' },
			[
				'Session GUID is missing; an update needs the GUID of the session to change, or its Session Reference',
			],
		],
		[
			{ ...GOOD, options: 'abc', 'options.chat': [1] },
			{},
			[
				"options must be an object that holds settings by their names; this item has 'abc'",
				'options.chat must be an object that holds settings by their names; this item has a list',
			],
		],
		// With an unknown zone, clock changes of another zone aren't reported.
		[
			{ ...GOOD, start_date: '2027-03-14 02:30', timezone: 'Mars/Phobos' },
			{},
			["Time Zone must be an IANA name such as Europe/Istanbul; this item has 'Mars/Phobos'"],
		],
		[
			{ ...GOOD, start_date: 'tomorrow', timezone: '+03:00' },
			{ workflowZone: 'nowhere' },
			[
				"Time Zone must be an IANA name such as Europe/Istanbul; this item has '+03:00'",
				"Start Date must be a date and time such as 2027-03-05 14:00; this item has 'tomorrow'; for dates written in another way set the option 'Date Format'",
			],
		],
		// A malformed GUID never leads to a create.
		[
			{ session_guid: 'abc' },
			{},
			["Session GUID must look like 1B27EB7F-0000-4000-8000-000000000000; this item has 'abc'"],
		],
	])('reports the issues of %j', (record, settings, issues) => {
		expect(issuesOf(build(record, settings))).toEqual(issues);
	});

	describe('Items with missing values', () => {
		const UNUSED = " (columns of this item that were not used: 'Titel', 'Wann')";
		const withColumns = (
			record: FieldRecord,
			columns: string[],
			more: Partial<BuildSettings> = {},
		) =>
			issuesOf(buildItem({ record, issues: [], unused: () => columns }, { ...SETTINGS, ...more }));

		it.each<[string, FieldRecord, Partial<BuildSettings>, number]>([
			['a required field', { ...GOOD, name: undefined }, {}, 1],
			['every required field', {}, {}, 3],
			['a GUID', GOOD, { operation: 'update' }, 1],
			['the day', { ...GOOD, start_date: undefined, start_time: '14:30' }, {}, 1],
			['the time of day', { ...GOOD, start_date: '2027-03-05' }, {}, 1],
		])('lists the unused columns once if the item lacks %s', (_what, record, settings, missing) => {
			const issues = withColumns(record, ['Titel', 'Wann'], settings);
			expect(issues).toHaveLength(missing);
			expect(issues.filter((issue) => issue.endsWith(UNUSED))).toEqual(issues.slice(-1));
		});

		it('lists five unused columns, each shortened', () => {
			const columns = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
			expect(withColumns({}, columns).at(-1)).toBe(
				"Duration (Minutes) is missing; a new session needs it (columns of this item that were not used: 'a', 'b', 'c', 'd', 'e' and 2 more)",
			);
			expect(withColumns({}, ['x'.repeat(1e6), 'a\nb', '']).at(-1)?.length).toBeLessThan(220);
		});

		it('lists no columns if all were used or no value is missing', () => {
			expect(withColumns({}, [])).toHaveLength(3);
			expect(withColumns({ ...GOOD, duration: 'abc' }, ['Titel'])).toEqual([
				"Duration (Minutes) must be a whole number of minutes from 5 to 360; this item has 'abc'",
			]);
			expect(withColumns({ session_guid: 'abc' }, ['Titel'])).toHaveLength(1);
		});
	});

	it('keeps the values in the order of the fields, not in that of the item', () => {
		const record = {
			'options.allow_rating': 'yes',
			lang: 'en-US',
			duration: 'abc',
			timezone: 'Europe/Istanbul',
			start_date: '2027-03-05 14:00',
			tags: 'a',
			name: 'Algebra',
		};
		const built = build(record);
		expect(Object.keys('input' in built ? built.input : {})).toEqual([
			'name',
			'start_date',
			'duration',
			'timezone',
			'lang',
			'tags',
			'options',
		]);
		const draft = build({ ...record, duration: 60, session_guid: GUID });
		expect(Object.keys(toInput(draft))).toEqual([
			'session_guid',
			'name',
			'start_date',
			'duration',
			'timezone',
			'lang',
			'tags',
			'options',
		]);
	});

	it('keeps a date as given if its zone is unknown', () => {
		const record = {
			...GOOD,
			timezone: 'Mars/Phobos',
			start_date: '2027-03-05',
			start_time: '14:30',
		};
		expect(build(record)).toHaveProperty('input', record);
	});

	it('the input can be stored as JSON although an expression gave other types', () => {
		const cyclic: Record<string, unknown> = {};
		cyclic.self = cyclic;
		const record = {
			name: cyclic,
			duration: 90n,
			start_date: DateTime.invalid('test'),
			start_time: new Date('2027-03-05T14:00:00Z'),
			timezone: Symbol('zone'),
			lang: () => 'en-US',
			description: NaN,
			tags: [{ a: undefined }],
			allow_recording: new Date(NaN),
		};
		const built = build(record);
		const session = 'input' in built ? built.input : {};
		expect(JSON.parse(JSON.stringify(session))).toStrictEqual(session);
		expect(session).toEqual({
			name: 'an object',
			duration: "'90'",
			start_date: 'Invalid DateTime',
			start_time: '2027-03-05T14:00:00.000Z',
			timezone: "'Symbol(zone)'",
			lang: 'a function',
			description: 'NaN',
			tags: [{}],
			allow_recording: 'Invalid Date',
		});
	});
});
