import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Sentences between the parameters. */
export const notice = (
	name: string,
	show: NonNullable<IDisplayOptions['show']>,
	text: string,
): INodeProperties => ({
	displayName: text,
	name,
	type: 'notice',
	default: '',
	displayOptions: { show },
});

/** Where fields are mapped in a certain way. n8n 1.x takes a path to a part of a parameter only with the slash. */
export const mappedBy = (mode: 'defineBelow' | 'autoMapInputData') => ({
	'/fields.mappingMode': [mode],
});
