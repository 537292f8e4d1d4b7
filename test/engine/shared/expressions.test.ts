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

describe('Expressions in fields', () => {
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

	describe('Field with an expression that fails', () => {
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
			'the failing expression of %s (%j) is reported once, and the item is rejected when it comes back',
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

		it('an update reports the expression of its GUID that fails, not a missing GUID', async () => {
			await withServer(async (server) => {
				const value = { ...FIELDS, session_guid: BROKEN };
				const { rejected } = await mapped(server, value, { operation: 'update' });
				expect(rejected[0]?.json.rejection).toMatchObject({
					details: [expect.stringMatching(/^Session GUID has an expression/)],
				});
			});
		});

		it("an attendee's failing expression is reported once, and the item is rejected when it comes back", async () => {
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

describe('Plain references in expressions', () => {
	it('plain references give what n8n gives for every item and every form the editor writes', async () => {
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

	it('plain references ask n8n once for each kind of value, and for each item with another value', async () => {
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

describe('Texts in expressions', () => {
	const DATES = [
		{ Day: '2035-03-05', Time: '14:00' },
		{ Day: '2035-03-06', Time: '9:30' },
	];

	/** The values of a text, compared with n8n's, and for which items n8n was asked. */
	async function read(text: string, items: IDataObject[]) {
		const compared = await compareExpressions([text], items);
		return {
			values: compared.map(({ ours }) => (Array.isArray(ours) ? (ours[0] as unknown) : ours)),
			asked: compared.map(({ isAsked }) => isAsked),
		};
	}

	describe('Text of references', () => {
		it('texts give what n8n gives for every item, every literal and every form of reference', async () => {
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

		it('texts are read from the item, and n8n is asked only once', async () => {
			expect(await read('={{ $json.Day }} {{ $json.Time }}', [...DATES, ...DATES])).toEqual({
				values: ['2035-03-05 14:00', '2035-03-06 9:30', '2035-03-05 14:00', '2035-03-06 9:30'],
				asked: [true, false, false, false],
			});
		});

		it('texts show numbers and booleans as n8n does, and nothing for null, NaN and missing values', async () => {
			const values = [1, 0, -0, 1e21, 0.1, NaN, true, false, null, undefined, '', ' x '];
			const shown = ['1', '0', '0', '1e+21', '0.1', '', 'true', 'false', '', '', '', ' x '];
			const items = [...values, ...values].map((a): IDataObject => (a === undefined ? {} : { a }));
			const { values: texts, asked } = await read('=[{{ $json.a }}]', items);
			expect(texts).toEqual([...shown, ...shown].map((text) => `[${text}]`));
			// n8n was asked for each value only the first time.
			expect(asked.slice(values.length)).toEqual(values.map(() => false));
		});

		it('texts with objects, lists and dates are evaluated by n8n for each item', async () => {
			const date = new Date(0);
			const items = [{ a: 'x' }, { a: ['y', 'z'] }, { a: { b: 1 } }, { a: date }, { a: 'w' }];
			expect(await read('=a {{ $json.a }}', items as never)).toEqual({
				values: ['a x', 'a y,z', 'a [object Object]', `a ${String(date)}`, 'a w'],
				asked: [true, true, true, true, false],
			});
		});

		it('texts never evaluate a value that looks like an expression', async () => {
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

		it('texts keep spaces and line breaks, and a reference with such characters becomes a text', async () => {
			const items = [{ a: 1 }, { a: 2 }];
			expect((await read('= {{ $json.a }}', items)).values).toEqual([' 1', ' 2']);
			expect((await read('={{ $json.a }}\n', items)).values).toEqual(['1\n', '2\n']);
			expect((await read('={{ $json.a }}{{ $json.a }}', items)).values).toEqual(['11', '22']);
			expect((await read('={{ $json.a }}', items)).values).toEqual([1, 2]);
		});

		it('texts without a reference are evaluated by n8n only once', async () => {
			const items = [{}, {}, {}];
			expect(await read('=Course', items)).toEqual({
				values: ['Course', 'Course', 'Course'],
				asked: [true, false, false],
			});
			expect((await read('=', items)).values).toEqual(['', '', '']);
		});

		it('texts that n8n rejects or escapes are evaluated by n8n for every item', async () => {
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

describe('Expressions in options', () => {
	/** Runs one valid item with options whose expressions read its `dry`. */
	const given = async (options: IDataObject, dry: unknown, onError?: 'continueRegularOutput') =>
		await withServer(async (server) => {
			const items = [good('a', { dry } as IDataObject)];
			const done = await runAt(server, items, options, onError && { onError });
			return { done, batches: server.batches().length };
		});

	describe('Expression of an option', () => {
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
		])('an expression that gives %p for Dry Run leads to the outcome %s', async (dry, outcome) => {
			const { done, batches } = await given({ dryRun: '={{ $json.dry }}' }, dry);
			expect(outcomesOf(done.approved)).toEqual([outcome]);
			expect(batches).toBe(outcome === 'created' ? 1 : 0);
		});

		it('an expression can also give a word for switches other than Dry Run', async () => {
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

		it.each(switches)(
			'a switch that is neither yes nor no is named as in the editor: $displayName',
			async (option) => {
				const { done, batches } = await given({ [option.name]: '={{ $json.dry }}' }, 'perhaps');
				expect(batches).toBe(0);
				expect(done.thrown?.message).toContain(
					`The option '${option.displayName}' must be yes or no`,
				);
			},
		);

		it('a constant can be a word, as in a workflow that was written by hand', async () => {
			const { done } = await given({ dryRun: 'yes', simplify: 'no' }, null);
			expect(outcomesOf(done.approved)).toEqual(['would_create']);
			const { done: saved } = await given({ simplify: 'no' }, null);
			expect(saved.approved[0]?.json).toMatchObject({ creation_date: expect.any(String) });
		});
	});
});

describe('Parameters of many items', () => {
	/** The values of a parameter for each item, and how often n8n was asked for it. */
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

	describe('Parameter that can differ between items', () => {
		it('a constant parameter is requested from n8n only once', async () => {
			const { asked, read } = await readings('UTC', ITEMS);

			expect(read).toEqual(ITEMS.map(() => ({ value: 'UTC' })));
			expect(asked).toBe(1);
		});

		it('a plain reference is evaluated by n8n only for the first item', async () => {
			const { asked, read } = await readings('={{ $json.zone }}', ITEMS);

			expect(read).toEqual(THEIRS);
			expect(asked).toBe(2);
		});

		it('any other expression is evaluated by n8n for each item', async () => {
			const { asked, read } = await readings('={{ $json.zone + "" }}', ITEMS);

			expect(read).toEqual(THEIRS);
			expect(asked).toBe(51);
		});

		it("an expression that doesn't work is reported only for its item", async () => {
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

	describe('Options that are the same for all items', () => {
		it('options are read from the first item, except those that can differ between items', async () => {
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

describe('Parameters of every kind', () => {
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

	/** The values of a parameter for each item, which equal n8n's, and for which items n8n was asked. */
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

	describe('Values of a parameter', () => {
		it('a constant parameter is read without an evaluation by n8n', async () => {
			const constant = { attendee: 'a@b.example', limit: 5 };
			expect(await read(constant, 'attendee')).toEqual({
				values: ['a@b.example', 'a@b.example', 'a@b.example'],
				asked: NOBODY,
			});
			expect(await read(constant, 'limit')).toEqual({ values: [5, 5, 5], asked: NOBODY });
		});

		it("a parameter that the node doesn't have gets its default, and an option its fallback", async () => {
			expect(await read({}, 'limit')).toEqual({ values: [50, 50, 50], asked: NOBODY });
			expect(await read({}, 'options.dateFormat', '')).toEqual({
				values: ['', '', ''],
				asked: NOBODY,
			});
		});

		it("a parameter that isn't in the description gets its fallback, because n8n drops it", async () => {
			const dropped = { unheardOf: 'x', options: { unheardOf: '={{ $json.id }}' } };
			expect((await read(dropped, 'unheardOf', 'none')).values).toEqual(['none', 'none', 'none']);
			expect((await read(dropped, 'options.unheardOf', 'none')).values).toEqual(
				Array(3).fill('none'),
			);
			await expect(read({}, 'options.dateFormat')).rejects.toThrow('options.dateFormat');
		});

		it('an option can differ between items', async () => {
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

		it.each(['list', 'guid'])(
			'the value of a locator in mode %s can differ between items',
			async (mode) => {
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
			},
		);

		it('a field of the mapper can have dots in its ID', async () => {
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

		it('a parameter that begins with two equals signs is a text that begins with one', async () => {
			expect(await read({ attendee: '==5' }, 'attendee')).toEqual({
				values: ['=5', '=5', '=5'],
				asked: [true, false, false],
			});
		});

		it('a parameter that holds others is evaluated by n8n, including their expressions', async () => {
			const parameters = { options: { dateFormat: '={{ $json.format }}' } };
			expect(await read(parameters, 'options')).toEqual({
				values: [{ dateFormat: 'dd.MM.yyyy' }, { dateFormat: null }, { dateFormat: undefined }],
				asked: [true, true, true],
			});
		});

		it("an expression that doesn't work throws what n8n throws, for each item", async () => {
			const { values } = await read({ attendee: '={{ $("Nobody").item.json.a }}' }, 'attendee');
			expect(values).toEqual(Array(3).fill(expect.stringMatching(/^threw: ./)));
			const refused = await read({ attendee: '=Read .constructor {{ $json.id }}' }, 'attendee');
			expect(refused.values).toEqual(Array(3).fill(expect.stringMatching(/^threw: .*constructor/)));
		});
	});
});
