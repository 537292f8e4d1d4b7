import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { compareParameters, type Question } from '../harness/judge';

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
