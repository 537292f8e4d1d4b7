import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import { Perculus } from '../../../nodes/Perculus/Perculus.node';
import { placed } from '../../engine/placed';

const { description } = new Perculus();

/** The notices in sight, as the editor decides it. */
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

/** Everything a person reads in the panel, options and choices included. */
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

describe('the notices of the panel', () => {
	it.each(['upsert', 'create', 'update'])(
		'of %s tell what a reference is, and what the fields are where they are in sight',
		(operation) => {
			const [first, ...others] = noticesWith(writing('session', operation, 'defineBelow'));
			expect(first).toContain('Session Reference is your own name for a session');
			expect(others).toEqual([expect.stringContaining('Start Date takes day and time together')]);
		},
	);

	it.each([
		['session', 'upsert', 'Session GUID / guid'],
		['session', 'create', 'Session GUID / guid'],
		['session', 'update', 'Session GUID / guid'],
		['attendee', 'upsert', 'Email / mail'],
	])(
		'of %s %s tell the names that are taken, where they are taken',
		(resource, operation, names) => {
			const [, ...automatic] = noticesWith(writing(resource, operation, 'autoMapInputData'));
			expect(automatic).toEqual([expect.stringContaining(names)]);
			const manual = noticesWith(writing(resource, operation, 'defineBelow'));
			expect(manual.join()).not.toContain('Map Automatically');
		},
	);

	it('promise a second run no change where Create rejects it', () => {
		const [create = ''] = noticesWith(writing('session', 'create', 'defineBelow'));
		expect(create).toContain('in use already comes out at Rejected');
		expect(create).not.toContain('is changed');
	});
});

describe('the words of the panel', () => {
	it('call a session a session', () => {
		const texts = textsOf(description.properties);
		expect(texts).toContain('How Start Dates Are Sent');
		expect(texts.filter((text) => /\brecords?\b/i.test(text))).toEqual([]);
		expect(texts.filter((text) => /wall.?clock|token|\biso\b|encoding/i.test(text))).toEqual([]);
	});
});
