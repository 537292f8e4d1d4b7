import '../harness/environment';

import { NodeHelpers, Workflow, type INodeParameters, type IWorkflowSettings } from 'n8n-workflow';

import { Perculus } from '../../../nodes/Perculus/Perculus.node';
import { editorContext, nodeTypes } from '../harness/editorContext';
import { placed } from '../harness/nodes';

const perculus = new Perculus();
const { description, methods } = perculus;

/** A node's parameters: all of them, as the editor holds them, or those that differ from the defaults, as it saves them. */
const parametersOf = (given: INodeParameters, all: boolean) =>
	NodeHelpers.getNodeParameters(
		description.properties,
		given,
		all,
		false,
		placed(given),
		description,
	) ?? {};

/** What the editor sends when it opens a list: the node's parameters, expressions evaluated in the open workflow. */
function sentByEditor(given: INodeParameters, settings: IWorkflowSettings): INodeParameters {
	const parameters = parametersOf(given, true);
	const nodes = [placed(parameters)];
	const workflow = new Workflow({ nodes, connections: {}, active: false, nodeTypes, settings });
	return Object.fromEntries(
		Object.entries(parameters).map(([name, value]) => [
			name,
			workflow.expression.getParameterValue(value, null, 0, 0, 'Perculus', [], 'manual', {}),
		]),
	) as INodeParameters;
}

describe('the list of time zones', () => {
	const property = description.properties.find(({ name }) => name === 'defaultTimezone');
	const method = property?.typeOptions?.loadOptionsMethod as keyof typeof methods.loadOptions;
	const listFor = async (settings: IWorkflowSettings) =>
		await methods.loadOptions[method].call(editorContext(sentByEditor({}, settings)));

	it.each([
		['Asia/Tokyo', 'Asia/Tokyo'],
		['Europe/Istanbul', 'Europe/Istanbul'],
		// n8n's own default.
		[undefined, 'America/New_York'],
	])("begins with the workflow's own (%s), which is the default", async (timezone, shown) => {
		const [first] = await listFor(timezone === undefined ? {} : { timezone });

		expect(first).toEqual({ name: `The Workflow's (${shown})`, value: '' });
		expect(property?.default).toBe('');
	});

	it('has every zone by the name that people look for, and sends what IANA calls it', async () => {
		const list = await listFor({});

		expect(list.length).toBeGreaterThan(400);
		expect(list).toContainEqual({ name: 'America/New York', value: 'America/New_York' });
		expect(list).toContainEqual({ name: 'Asia/Kolkata', value: 'Asia/Kolkata' });
		expect(new Set(list.map(({ value }) => value)).size).toBe(list.length);
	});

	it("names n8n's zone where the editor gives none", async () => {
		const list = await methods.loadOptions[method].call(editorContext({}));

		expect(list[0]).toEqual({ name: "The Workflow's (America/New_York)", value: '' });
	});

	it('is in no saved workflow, nor is what it takes', () => {
		expect(parametersOf({}, false)).toEqual({});
		expect(parametersOf({ defaultTimezone: 'Asia/Tokyo' }, false)).toEqual({
			defaultTimezone: 'Asia/Tokyo',
		});
	});
});

describe("the mapper's fields", () => {
	const property = description.properties.find(({ name }) => name === 'fields');
	const method = property?.typeOptions?.resourceMapper
		?.resourceMapperMethod as keyof typeof methods.resourceMapping;
	const fieldsFor = async (operation: string) => {
		const { fields } = await methods.resourceMapping[method].call(editorContext({ operation }));
		return fields;
	};
	const visibleOf = async (operation: string) =>
		(await fieldsFor(operation)).filter(({ removed }) => !removed).map(({ id }) => id);

	it.each(['upsert', 'update'])('of %s: these are in sight at first', async (operation) => {
		expect(await visibleOf(operation)).toEqual([
			'session_guid',
			'session_reference',
			'name',
			'start_date',
			'start_time',
			'duration',
			'timezone',
			'lang',
		]);
	});

	it('of Create have no GUID, not even to add', async () => {
		const ids = (await fieldsFor('create')).map(({ id }) => id);

		expect(ids).not.toContain('session_guid');
		expect(ids).toEqual((await fieldsFor('upsert')).map(({ id }) => id).slice(1));
	});

	it.each([undefined, null, ''])('are all of them without an operation (%j)', async (operation) => {
		const context = editorContext({ operation: operation as never });
		const { fields } = await methods.resourceMapping[method].call(context);

		expect(fields.map(({ id }) => id)).toEqual((await fieldsFor('upsert')).map(({ id }) => id));
		const people = await methods.resourceMapping.getAttendeeFields.call(context);
		expect(people.fields).toHaveLength(7);
	});

	it('say their units', async () => {
		const numbers = (await fieldsFor('upsert')).filter(({ type }) => type === 'number');

		expect(numbers.length).toBeGreaterThan(2);
		for (const { displayName } of numbers) expect(displayName).toMatch(/ \(Minutes\)$/);
	});

	it('are asked for again when the resource or the operation changes', () => {
		expect(property?.typeOptions?.loadOptionsDependsOn).toEqual(['resource', 'operation']);
	});
});

describe('the two mappers', () => {
	const mappers = description.properties.filter(({ name }) => name === 'fields');

	it('have one name, a method each, and are never shown together', () => {
		expect(
			mappers.map(({ typeOptions }) => typeOptions?.resourceMapper?.resourceMapperMethod),
		).toEqual(['getSessionFields', 'getAttendeeFields']);
		const shownFor = mappers.map(({ displayOptions }) => displayOptions?.show?.resource);
		expect(shownFor).toEqual([['session'], ['attendee']]);
		for (const { typeOptions } of mappers)
			expect(typeOptions?.loadOptionsDependsOn).toEqual(['resource', 'operation']);
	});

	it('an attendee has these fields, four of them in sight at first, the roles to choose from', async () => {
		const context = editorContext({ resource: 'attendee', operation: 'upsert' });
		const { fields } = await methods.resourceMapping.getAttendeeFields.call(context);

		expect(fields.map(({ id, removed }) => (removed ? `(${id})` : id))).toEqual([
			'email',
			'name',
			'surname',
			'role',
			'(mobile)',
			'(user_guid)',
			'(attendance_code)',
		]);
		expect(fields.find(({ id }) => id === 'role')).toMatchObject({
			type: 'options',
			options: [
				{ name: 'Admin', value: 'a' },
				{ name: 'Instructor', value: 'e' },
				{ name: 'User', value: 'u' },
			],
		});
		// A yes or no would be written into the workflow by the editor itself.
		expect(fields.map(({ type }) => type)).not.toContain('boolean');
	});
});
