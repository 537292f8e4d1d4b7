import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { PerculusServer } from '../../perculus-server';
import { LATER, runAt, withServer, ZONE, good, outcomesOf } from '../harness/setup';
import { mapping } from '../harness';
import fc from 'fast-check';
import { item, reference, literal, usualReference } from '../harness/arbitraries';
import { compareExpressions, compareParameters, type Question } from '../harness/judge';
import { writeOptions } from '../../../nodes/Perculus/actions/session/upsert.operation';
import { parameterReader, readOptions } from '../../../nodes/Perculus/batch/parameter';
import { runNode } from '../harness/run';
import { tinyNode } from '../harness/nodes';

describe('fields', () => {
	const BROKEN = '={{ $("Nowhere").item.json.x }}';
	const GUID = '1B27EB7F-0000-4000-8000-000000000000';

	const FIELDS = { name: 'CS a', start_date: LATER, duration: 60, timezone: ZONE };

	const mapped = async (server: PerculusServer, value: IDataObject, rest: IDataObject = {}) =>
		await runAt(
			server,
			[{ row: 'a' }],
			{},
			{ parameters: { ...rest, fields: mapping(value as never) } as never },
		);

	describe('a field whose expression fails', () => {
		it.each<[string, IDataObject]>([
			['name', {}],
			['start_date', {}],
			['start_time', { start_date: '2090-08-05' }],
			['duration', {}],
			['end_date', {}],
			['end_date', { duration: '' }],
			['timezone', {}],
			['lang', {}],
			['tags', {}],
			['options.allow_rating', {}],
			['options.chat.offMessageModule', {}],
			['session_reference', {}],
			['session_guid', {}],
			['duration', { session_guid: GUID, name: '', start_date: '', timezone: '' }],
			['start_date', { session_guid: GUID, name: '', duration: '' }],
		])(
			'%s (%j) is told once, and is not passed over when the item comes back',
			async (id, rest) => {
				await withServer(async (server) => {
					const { rejected } = await mapped(server, { ...FIELDS, ...rest, [id]: BROKEN });
					const details = rejected.map(({ json }) => (json.rejection as IDataObject).details);
					expect(details).toEqual([
						[expect.stringContaining('has an expression that does not work')],
					]);

					const back = await runAt(
						server,
						rejected.map(({ json }) => json),
					);
					expect([back.approved, back.rejected.length, server.requests]).toEqual([[], 1, []]);
				});
			},
		);

		it('is not missing in an update either', async () => {
			await withServer(async (server) => {
				const value = { ...FIELDS, session_guid: BROKEN };
				const { rejected } = await mapped(server, value, { operation: 'update' });
				expect(rejected[0]?.json.rejection).toMatchObject({
					details: [expect.stringMatching(/^Session GUID has an expression/)],
				});
			});
		});

		it('of an attendee is told once, and is not passed over when the item comes back', async () => {
			await withServer(async (server) => {
				const session = { __rl: true, mode: 'guid', value: GUID };
				for (const id of ['email', 'name', 'role', 'user_guid', 'attendance_code']) {
					const person = { email: 'ada@school.example', name: 'Ada', surname: 'Lovelace' };
					const parameters = { resource: 'attendee', session };
					const { rejected } = await mapped(server, { ...person, [id]: BROKEN }, parameters);
					const details = rejected.map(({ json }) => (json.rejection as IDataObject).details);
					expect(details).toEqual([[expect.stringContaining('has an expression')]]);
					const back = await runAt(
						server,
						rejected.map(({ json }) => json),
						{},
						{ parameters },
					);
					expect([back.approved, back.rejected.length, server.requests]).toEqual([[], 1, []]);
				}
			});
		});
	});
});

describe('plain references', () => {
	it('agree with n8n on every item and every form the editor writes', async () => {
		let answered = 0;
		const lists = { minLength: 4, maxLength: 8 };
		await fc.assert(
			fc.asyncProperty(
				fc.array(reference, lists),
				fc.array(item, lists),
				async (references, items) => {
					const expressions = references.map((one) => `=${one}`);
					const compared = await compareExpressions(expressions, items);
					answered += compared.filter(({ isAsked }) => !isAsked).length;
				},
			),
			{ numRuns: 60 },
		);
		expect(answered).toBeGreaterThan(100);
	});

	it('ask n8n once for each kind of value, and for every item whose value is not plain', async () => {
		const asked = async (text: string) =>
			(await compareExpressions([text], ITEMS)).map((one) => one.isAsked);
		const ITEMS = [
			{ a: 'x', list: [1] },
			{ a: 'y', list: ['y'] },
			{ a: 1, list: [] },
			{},
			{ a: 2 },
			{ a: 'z', list: [2] },
			{},
		];
		expect(await asked('={{ $json.a }}')).toEqual([true, false, true, true, false, false, false]);
		expect(await asked('={{ $json.list[0] }}')).toEqual([
			true,
			true,
			true,
			true,
			true,
			false,
			true,
		]);
		expect(await asked('={{ $json.list }}')).toEqual([true, true, true, true, false, true, false]);
		expect(await asked('={{ $json.binding }}')).toEqual(Array(7).fill(true));
	});
});

describe('texts', () => {
	const DATES = [
		{ Day: '2035-03-05', Time: '14:00' },
		{ Day: '2035-03-06', Time: '9:30' },
	];

	/** The values of a text, which n8n judged on the way, and for which items n8n was asked. */
	async function read(text: string, items: IDataObject[]) {
		const compared = await compareExpressions([text], items);
		return {
			values: compared.map(({ ours }) => (Array.isArray(ours) ? (ours[0] as unknown) : ours)),
			asked: compared.map(({ isAsked }) => isAsked),
		};
	}

	describe('texts of references', () => {
		it('agree with n8n on every item, every literal and every form of reference', async () => {
			const anyText = fc
				.array(fc.oneof(literal, reference, usualReference, usualReference), {
					minLength: 1,
					maxLength: 6,
				})
				.map((parts) => `=${parts.join('')}`);
			const usualText = fc
				.array(fc.oneof(fc.constantFrom(' ', '/', 'Course ', ', ', '\n'), usualReference), {
					minLength: 2,
					maxLength: 5,
				})
				.map((parts) => `=${parts.join('')}`);
			let answered = 0;
			await fc.assert(
				fc.asyncProperty(
					fc.array(fc.oneof(anyText, usualText), { minLength: 4, maxLength: 8 }),
					fc.array(item, { minLength: 4, maxLength: 10 }),
					async (texts, items) => {
						const compared = await compareExpressions(texts, items);
						answered += compared.filter(({ isAsked }) => !isAsked).length;
					},
				),
				{ numRuns: 100 },
			);
			expect(answered).toBeGreaterThan(200);
		});

		it('are read from the item, and n8n is asked once', async () => {
			expect(await read('={{ $json.Day }} {{ $json.Time }}', [...DATES, ...DATES])).toEqual({
				values: ['2035-03-05 14:00', '2035-03-06 9:30', '2035-03-05 14:00', '2035-03-06 9:30'],
				asked: [true, false, false, false],
			});
		});

		it('show numbers, yes and no as n8n does, and nothing for null, NaN and what is missing', async () => {
			const values = [1, 0, -0, 1e21, 0.1, NaN, true, false, null, undefined, '', ' x '];
			const shown = ['1', '0', '0', '1e+21', '0.1', '', 'true', 'false', '', '', '', ' x '];
			const items = [...values, ...values].map((a): IDataObject => (a === undefined ? {} : { a }));
			const { values: texts, asked } = await read('=[{{ $json.a }}]', items);
			expect(texts).toEqual([...shown, ...shown].map((text) => `[${text}]`));
			// Judged by n8n the first time, and agreed on.
			expect(asked.slice(values.length)).toEqual(values.map(() => false));
		});

		it('leave objects, lists and dates to n8n, item by item', async () => {
			const date = new Date(0);
			const items = [{ a: 'x' }, { a: ['y', 'z'] }, { a: { b: 1 } }, { a: date }, { a: 'w' }];
			expect(await read('=a {{ $json.a }}', items as never)).toEqual({
				values: ['a x', 'a y,z', 'a [object Object]', `a ${String(date)}`, 'a w'],
				asked: [true, true, true, true, false],
			});
		});

		it('never take what a value says for an expression', async () => {
			const items = [
				{ a: '{{ 1 + 1 }}' },
				{ a: '={{ 2 }}' },
				{ a: '}} {{ $json.a' },
				{ a: '\\{{' },
			];
			expect((await read('=={{ $json.a }}', items)).values).toEqual([
				'={{ 1 + 1 }}',
				'=={{ 2 }}',
				'=}} {{ $json.a',
				'=\\{{',
			]);
		});

		it('keep spaces and line breaks around, and count as a text with them', async () => {
			const items = [{ a: 1 }, { a: 2 }];
			expect((await read('= {{ $json.a }}', items)).values).toEqual([' 1', ' 2']);
			expect((await read('={{ $json.a }}\n', items)).values).toEqual(['1\n', '2\n']);
			expect((await read('={{ $json.a }}{{ $json.a }}', items)).values).toEqual(['11', '22']);
			expect((await read('={{ $json.a }}', items)).values).toEqual([1, 2]);
		});

		it('are texts without a reference, too', async () => {
			const items = [{}, {}, {}];
			expect(await read('=Course', items)).toEqual({
				values: ['Course', 'Course', 'Course'],
				asked: [true, false, false],
			});
			expect((await read('=', items)).values).toEqual(['', '', '']);
		});

		it('go to n8n for every item where n8n refuses or escapes', async () => {
			const items = [{ a: 1 }, { a: 2 }];
			for (const text of [
				'=Read .constructor {{ $json.a }}',
				'={{ $json.a }} {{ $json.binding }}',
				'=C:\\dir {{ $json.a }}',
				'=\\{{ $json.a }}',
				'={{ $json.a }} {{ $json.a + 1 }}',
				'={{ $json.a }} {{ $json.b',
				'=toString',
			])
				expect([text, (await read(text, items)).asked]).toEqual([text, [true, true]]);
		});
	});
});

describe('options', () => {
	/** What the expression of an option gives, for a run of one good item. */
	const given = async (options: IDataObject, dry: unknown, onError?: 'continueRegularOutput') =>
		await withServer(async (server) => {
			const items = [good('a', { dry } as IDataObject)];
			const done = await runAt(server, items, options, onError && { onError });
			return { done, batches: server.batches().length };
		});

	describe("an option's expression", () => {
		it.each<[unknown, string]>([
			[true, 'would_create'],
			['true', 'would_create'],
			['Yes', 'would_create'],
			[1, 'would_create'],
			[false, 'created'],
			['no', 'created'],
			['', 'created'],
			[null, 'created'],
			[undefined, 'created'],
		])('gives %p for Dry Run: %s', async (dry, outcome) => {
			const { done, batches } = await given({ dryRun: '={{ $json.dry }}' }, dry);
			expect(outcomesOf(done.approved)).toEqual([outcome]);
			expect(batches).toBe(outcome === 'created' ? 1 : 0);
		});

		it('may be a word for the other switches, too', async () => {
			const options = { simplify: '={{ "false" }}', includeInput: '={{ "yes" }}' };
			const { done } = await given(options, null);
			expect(done.approved[0]?.json).toMatchObject({
				creation_date: expect.any(String),
				input: {},
			});
		});

		// A Dry Run that is neither yes nor no is on.
		const switches = writeOptions.filter(
			({ type, name }) => type === 'boolean' && name !== 'dryRun',
		);

		it.each(switches)('is told by the name in the editor: $displayName', async (option) => {
			const { done, batches } = await given({ [option.name]: '={{ $json.dry }}' }, 'perhaps');
			expect(batches).toBe(0);
			expect(done.thrown?.message).toContain(
				`The option '${option.displayName}' must be yes or no`,
			);
		});

		it('may be written out as a word, as in a workflow that was made by hand', async () => {
			const { done } = await given({ dryRun: 'yes', simplify: 'no' }, null);
			expect(outcomesOf(done.approved)).toEqual(['would_create']);
			const { done: saved } = await given({ simplify: 'no' }, null);
			expect(saved.approved[0]?.json).toMatchObject({ creation_date: expect.any(String) });
		});
	});
});

describe('parameters of many items', () => {
	/** What a parameter reads as for each of some items, and how often n8n was asked for it. */
	async function readings(text: unknown, items: object[]) {
		let asked = 0;
		const read: unknown[] = [];
		const node = tinyNode(function (all) {
			const getNodeParameter = (...given: unknown[]) => {
				asked++;
				return (this.getNodeParameter as (...given: unknown[]) => unknown)(...given);
			};
			const context = Object.assign(Object.create(this) as IExecuteFunctions, { getNodeParameter });
			const reader = parameterReader(context, 'text');
			all.forEach(({ json }, index) => read.push(reader(index, json)));
			return [[], []];
		});
		await runNode({ type: node, items: items as never, parameters: { text: text as never } });
		return { asked, read };
	}

	const ITEMS = Array.from({ length: 50 }, (_, i) => ({ zone: `zone ${i}` }));
	const THEIRS = ITEMS.map(({ zone }) => ({ value: zone }));

	describe('a parameter that may differ from item to item', () => {
		it('is asked for once where it is a constant', async () => {
			const { asked, read } = await readings('UTC', ITEMS);

			expect(read).toEqual(ITEMS.map(() => ({ value: 'UTC' })));
			expect(asked).toBe(1);
		});

		it('costs nothing where it is a plain reference: n8n judges the first item alone', async () => {
			const { asked, read } = await readings('={{ $json.zone }}', ITEMS);

			expect(read).toEqual(THEIRS);
			expect(asked).toBe(2);
		});

		it('is evaluated for each item where it is anything else', async () => {
			const { asked, read } = await readings('={{ $json.zone + "" }}', ITEMS);

			expect(read).toEqual(THEIRS);
			expect(asked).toBe(51);
		});

		it('says what an expression that does not work means, for its item alone', async () => {
			const { read } = await readings(
				'={{ $json.zone === "zone 1" ? $("Nowhere").item.json.x : 5 }}',
				ITEMS.slice(0, 3),
			);

			expect(read).toEqual([
				{ value: 5 },
				{ issue: expect.stringMatching(/^has an expression that does not work for this item: ./) },
				{ value: 5 },
			]);
		});
	});

	describe('options that are the same for all items', () => {
		it('are read as they are for the first, those that differ are left out', async () => {
			let options: unknown;
			const node = tinyNode(function () {
				options = readOptions(this, ['dateFormat']);
				return [[], []];
			});
			node.description.properties.push({
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				options: ['dateFormat', 'batchSize', 'simplify'].map((name) => ({
					displayName: name,
					name,
					type: 'string',
					default: '',
				})),
			});
			const given = { dateFormat: '={{ $("Nowhere").item.json.x }}', batchSize: '={{ $json.n }}' };
			await runNode({
				type: node,
				items: [{ n: 5 }, { n: 6 }],
				parameters: { options: { ...given, simplify: false } },
			});

			expect(options).toEqual({ batchSize: 5, simplify: false });
		});
	});
});

describe('parameters of every kind', () => {
	const text = (name: string, value = ''): INodeProperties => ({
		displayName: name,
		name,
		type: 'string',
		default: value,
	});

	const PROPERTIES: INodeProperties[] = [
		text('attendee'),
		text('defaultTimezone'),
		{ displayName: 'Limit', name: 'limit', type: 'number', default: 50 },
		{
			displayName: 'Session',
			name: 'session',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			modes: [
				{ displayName: 'List', name: 'list', type: 'list' },
				{ displayName: 'GUID', name: 'guid', type: 'string' },
			],
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			options: [text('dateFormat')],
		},
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'resourceMapper',
			default: { mappingMode: 'defineBelow', value: null },
			typeOptions: { resourceMapper: { mode: 'map', resourceMapperMethod: 'none' } },
		},
	];

	const ITEMS: IDataObject[] = [
		{ id: 'A', day: '05', format: 'dd.MM.yyyy', zone: 'Europe/Istanbul' },
		{ id: 'B', day: '06', format: null, zone: '' },
		{ id: 'C', day: 7 },
	];

	/** One parameter for each item, n8n saying the same, and for which items n8n was asked. */
	async function read(
		parameters: Question['parameters'],
		...path: [string, string?]
	): Promise<{ values: unknown[]; asked: boolean[] }> {
		const question = { properties: PROPERTIES, parameters, paths: [path] };
		const compared = await compareParameters(question, ITEMS);
		expect(compared.map(({ ours }) => ours)).toEqual(compared.map(({ n8n }) => n8n));
		return {
			values: compared.map(({ ours }) => (Array.isArray(ours) ? (ours[0] as unknown) : ours)),
			asked: compared.map(({ isAsked }) => isAsked),
		};
	}

	const NOBODY = [false, false, false];

	describe('a parameter', () => {
		it('that is constant is read once, and not evaluated', async () => {
			const constant = { attendee: 'a@b.example', limit: 5 };
			expect(await read(constant, 'attendee')).toEqual({
				values: ['a@b.example', 'a@b.example', 'a@b.example'],
				asked: NOBODY,
			});
			expect(await read(constant, 'limit')).toEqual({ values: [5, 5, 5], asked: NOBODY });
		});

		it('that the node does not hold has its default, an option its fallback', async () => {
			expect(await read({}, 'limit')).toEqual({ values: [50, 50, 50], asked: NOBODY });
			expect(await read({}, 'options.dateFormat', '')).toEqual({
				values: ['', '', ''],
				asked: NOBODY,
			});
		});

		it('that the description lacks is not there: n8n has dropped it', async () => {
			const dropped = { unheardOf: 'x', options: { unheardOf: '={{ $json.id }}' } };
			expect((await read(dropped, 'unheardOf', 'none')).values).toEqual(['none', 'none', 'none']);
			expect((await read(dropped, 'options.unheardOf', 'none')).values).toEqual(
				Array(3).fill('none'),
			);
			await expect(read({}, 'options.dateFormat')).rejects.toThrow('options.dateFormat');
		});

		it('may be an option that differs by item', async () => {
			const parameters = { options: { dateFormat: '={{ $json.format }}' } };
			expect(await read(parameters, 'options.dateFormat', '')).toEqual({
				values: ['dd.MM.yyyy', null, 'undefined'],
				asked: [true, true, true],
			});
			const mixed = { options: { dateFormat: '={{ $json.day }}.MM.yyyy' } };
			expect(await read(mixed, 'options.dateFormat', '')).toEqual({
				values: ['05.MM.yyyy', '06.MM.yyyy', '7.MM.yyyy'],
				asked: [true, false, true],
			});
		});

		it.each(['list', 'guid'])('may be the value of a locator in mode %s', async (mode) => {
			const session = (value: string) => ({ session: { __rl: true, mode, value } });
			expect(await read(session('A'), 'session.value')).toEqual({
				values: ['A', 'A', 'A'],
				asked: NOBODY,
			});
			expect(await read(session('={{ $json.id }}'), 'session.value')).toEqual({
				values: ['A', 'B', 'C'],
				asked: [true, false, false],
			});
			expect((await read(session('={{ $json.id + "x" }}'), 'session.value')).values).toEqual([
				'Ax',
				'Bx',
				'Cx',
			]);
		});

		it('may be a field of the mapper whose id holds dots', async () => {
			const value = { 'options.chat.off': '={{ $json.id }}', name: '=Course {{ $json.id }}' };
			const parameters = { fields: { mappingMode: 'defineBelow', value } };
			expect((await read(parameters, 'fields.value["options.chat.off"]')).values).toEqual([
				'A',
				'B',
				'C',
			]);
			expect(await read(parameters, 'fields.value["name"]')).toEqual({
				values: ['Course A', 'Course B', 'Course C'],
				asked: [true, false, false],
			});
		});

		it('that begins with two equals signs is a text that begins with one', async () => {
			expect(await read({ attendee: '==5' }, 'attendee')).toEqual({
				values: ['=5', '=5', '=5'],
				asked: [true, false, false],
			});
		});

		it('that holds other parameters is evaluated by n8n, with the expressions in it', async () => {
			const parameters = { options: { dateFormat: '={{ $json.format }}' } };
			expect(await read(parameters, 'options')).toEqual({
				values: [{ dateFormat: 'dd.MM.yyyy' }, { dateFormat: null }, { dateFormat: undefined }],
				asked: [true, true, true],
			});
		});

		it('whose expression does not work throws what n8n throws, for each item', async () => {
			const { values } = await read({ attendee: '={{ $("Nobody").item.json.a }}' }, 'attendee');
			expect(values).toEqual(Array(3).fill(expect.stringMatching(/^threw: ./)));
			const refused = await read({ attendee: '=Read .constructor {{ $json.id }}' }, 'attendee');
			expect(refused.values).toEqual(Array(3).fill(expect.stringMatching(/^threw: .*constructor/)));
		});
	});
});
