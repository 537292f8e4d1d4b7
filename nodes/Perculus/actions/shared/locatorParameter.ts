import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** The name of the parameter. */
export const LOCATOR = 'session';

/** The session an item is about. An expression in the list, or instead of the whole parameter, is a GUID. */
export const sessionLocator = (displayOptions: IDisplayOptions): INodeProperties => ({
	displayName: 'Session',
	name: LOCATOR,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	displayOptions,
	description: 'The session to operate on',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a session...',
			typeOptions: { searchListMethod: 'searchSessions', searchable: true },
		},
		{
			displayName: 'By GUID',
			name: 'guid',
			type: 'string',
			placeholder: 'e.g. 1B27EB7F-0000-4000-8000-000000000000',
		},
		{
			displayName: 'By Reference',
			name: 'reference',
			type: 'string',
			placeholder: 'e.g. deal-4711',
			hint: "Your own ID, as set in 'Session Reference'",
		},
	],
});
