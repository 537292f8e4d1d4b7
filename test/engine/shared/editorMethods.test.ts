import '../harness/environment';

import { NodeHelpers, Workflow, type INodeParameters, type IWorkflowSettings } from 'n8n-workflow';

import { Perculus } from '../../../nodes/Perculus/Perculus.node';
import { editorContext, nodeTypes } from '../harness/editorContext';
import { placed } from '../harness/nodes';

const perculus = new Perculus();
const { description, methods } = perculus;

/** A node's parameters: all of them, as in the editor, or those that differ from the defaults, as in a saved workflow. */
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

describe('List of time zones', () => {
	const property = description.properties.find(({ name }) => name === 'defaultTimezone');
	const method = property?.typeOptions?.loadOptionsMethod as keyof typeof methods.loadOptions;
	const listFor = async (settings: IWorkflowSettings) =>
		await methods.loadOptions[method].call(editorContext(sentByEditor({}, settings)));

	it.each([
		['Asia/Tokyo', 'Asia/Tokyo'],
		['Europe/Istanbul', 'Europe/Istanbul'],
		// n8n's own default.
		[undefined, 'America/New_York'],
	])(
		"the list of time zones begins with the workflow's own (%s), which is the default",
		async (timezone, shown) => {
			const [first] = await listFor(timezone === undefined ? {} : { timezone });

			expect(first).toEqual({ name: `The Workflow's (${shown})`, value: '' });
			expect(property?.default).toBe('');
		},
	);

	it('the list has more than 400 zones, each once, with readable names and IANA values', async () => {
		const list = await listFor({});

		expect(list.length).toBeGreaterThan(400);
		expect(list).toContainEqual({ name: 'America/New York', value: 'America/New_York' });
		expect(list).toContainEqual({ name: 'Asia/Kolkata', value: 'Asia/Kolkata' });
		expect(new Set(list.map(({ value }) => value)).size).toBe(list.length);
	});

	it("the list names n8n's default zone if the editor sends none", async () => {
		const list = await methods.loadOptions[method].call(editorContext({}));

		expect(list[0]).toEqual({ name: "The Workflow's (America/New_York)", value: '' });
	});

	it('a saved workflow holds a default time zone only if one was chosen', () => {
		expect(parametersOf({}, false)).toEqual({});
		expect(parametersOf({ defaultTimezone: 'Asia/Tokyo' }, false)).toEqual({
			defaultTimezone: 'Asia/Tokyo',
		});
	});
});

describe('Fields of the session mapper', () => {
	const property = description.properties.find(({ name }) => name === 'fields');
	const method = property?.typeOptions?.resourceMapper
		?.resourceMapperMethod as keyof typeof methods.resourceMapping;
	const fieldsFor = async (operation: string) => {
		const { fields } = await methods.resourceMapping[method].call(editorContext({ operation }));
		return fields;
	};
	const visibleOf = async (operation: string) =>
		(await fieldsFor(operation)).filter(({ removed }) => !removed).map(({ id }) => id);

	it.each(['upsert', 'update'])(
		'the mapper of %s shows eight fields at first',
		async (operation) => {
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
		},
	);

	it('the mapper of Create has all fields except the GUID', async () => {
		const ids = (await fieldsFor('create')).map(({ id }) => id);

		expect(ids).not.toContain('session_guid');
		expect(ids).toEqual((await fieldsFor('upsert')).map(({ id }) => id).slice(1));
	});

	it.each([undefined, null, ''])(
		'both mappers have all their fields if the operation is %j',
		async (operation) => {
			const context = editorContext({ operation: operation as never });
			const { fields } = await methods.resourceMapping[method].call(context);

			expect(fields.map(({ id }) => id)).toEqual((await fieldsFor('upsert')).map(({ id }) => id));
			const people = await methods.resourceMapping.getAttendeeFields.call(context);
			expect(people.fields).toHaveLength(7);
		},
	);

	it('number fields have their unit in the label', async () => {
		const numbers = (await fieldsFor('upsert')).filter(({ type }) => type === 'number');

		expect(numbers.length).toBeGreaterThan(2);
		for (const { displayName } of numbers) expect(displayName).toMatch(/ \(Minutes\)$/);
	});

	it('the fields are reloaded when the resource or the operation changes', () => {
		expect(property?.typeOptions?.loadOptionsDependsOn).toEqual(['resource', 'operation']);
	});
});

describe('Mappers of sessions and attendees', () => {
	const mappers = description.properties.filter(({ name }) => name === 'fields');

	it('both mappers have the same name and a method each, and are never shown together', () => {
		expect(
			mappers.map(({ typeOptions }) => typeOptions?.resourceMapper?.resourceMapperMethod),
		).toEqual(['getSessionFields', 'getAttendeeFields']);
		const shownFor = mappers.map(({ displayOptions }) => displayOptions?.show?.resource);
		expect(shownFor).toEqual([['session'], ['attendee']]);
		for (const { typeOptions } of mappers)
			expect(typeOptions?.loadOptionsDependsOn).toEqual(['resource', 'operation']);
	});

	it('the attendee mapper has seven fields, four of them shown at first, and lists the roles', async () => {
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
		// The editor would write a boolean into the workflow by itself.
		expect(fields.map(({ type }) => type)).not.toContain('boolean');
	});
});
