import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** The name of the parameter. */
export const LOCATOR = 'session';

/**
 * The parameter that says which session an item is about: chosen from a list, by its GUID, or by the person's own
 * reference for it. An expression in the list, or in place of the whole parameter, is a GUID.
 *
 * @param displayOptions where it is shown
 */
export const sessionLocator = (displayOptions: IDisplayOptions): INodeProperties => ({
	displayName: 'Session',
	name: LOCATOR,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	displayOptions,
	description:
		'Which session is meant: chosen from the list, by its GUID, or by the Session Reference it was made with',
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
			hint: 'The Session Reference that the session was made with',
		},
	],
});
