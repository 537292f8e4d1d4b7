import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import { Perculus } from '../../../nodes/Perculus/Perculus.node';
import { placed } from '../../engine/harness/nodes';

const { description } = new Perculus();

/** The visible notices, as the editor decides. */
function noticesWith(parameters: INodeParameters): string[] {
	const node = placed(parameters);
	return description.properties
		.filter(
			(property) =>
				property.type === 'notice' &&
				NodeHelpers.displayParameter(parameters, property, node, description),
		)
		.map(({ displayName }) => displayName);
}

const writing = (resource: string, operation: string, mappingMode: string): INodeParameters => ({
	resource,
	operation,
	fields: { mappingMode, value: null },
});

/** All texts of the panel, including options and choices. */
function textsOf(properties: INodeProperties[]): string[] {
	return properties.flatMap(({ displayName, description: text = '', hint = '', options = [] }) => [
		displayName,
		text,
		hint,
		...options.flatMap((option) =>
			'displayName' in option
				? textsOf('values' in option ? option.values : [option])
				: [option.name, option.description ?? ''],
		),
	]);
}

describe('Notices of the panel', () => {
	it.each([
		['session', 'upsert'],
		['session', 'create'],
		['session', 'update'],
		['attendee', 'upsert'],
	])('a new node with %s %s shows one notice of at most 25 words', (resource, operation) => {
		const notices = noticesWith(writing(resource, operation, 'defineBelow'));
		expect(notices).toHaveLength(1);
		expect(notices.join().split(' ').length).toBeLessThanOrEqual(25);
	});

	it.each(['get', 'getAll', 'delete'])('the panel shows no notice for %s', (operation) => {
		for (const resource of ['session', 'attendee'])
			expect(noticesWith({ resource, operation })).toEqual([]);
	});

	it.each([
		['session', 'upsert', 'Session GUID / guid'],
		['session', 'create', 'Session GUID / guid'],
		['session', 'update', 'Session GUID / guid'],
		['attendee', 'upsert', 'Email / mail'],
	])(
		'the notice of %s %s lists the matched names only for automatic mapping',
		(resource, operation, names) => {
			const [, ...automatic] = noticesWith(writing(resource, operation, 'autoMapInputData'));
			expect(automatic).toEqual([expect.stringContaining(names)]);
			const manual = noticesWith(writing(resource, operation, 'defineBelow'));
			expect(manual.join()).not.toContain('matched by name');
		},
	);
});

describe('Words of the panel', () => {
	it("the texts of the panel don't say record, wall clock or token", () => {
		const texts = textsOf(description.properties);
		expect(texts).toContain('Start Date Encoding');
		expect(texts.filter((text) => /\brecords?\b/i.test(text))).toEqual([]);
		expect(texts.filter((text) => /wall.?clock|\btokens?\b/i.test(text))).toEqual([]);
	});
});
