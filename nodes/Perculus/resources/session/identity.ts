import type { IDataObject } from 'n8n-workflow';

const NO_GUID = '00000000-0000-0000-0000-000000000000';

/** A GUID for comparing: any case, with or without braces. Undefined for null, empty, and the zero GUID of a create. */
export function normalGuid(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const text = value.trim().toLowerCase();
	const guid = text.startsWith('{') ? text.replace(/^\{(.*)\}$/, '$1') : text;
	return guid === '' || guid === NO_GUID ? undefined : guid;
}

/** The GUID in a result's model, in either shape. */
export function guidOf(model: IDataObject): string | undefined {
	return normalGuid(model.session_guid) ?? normalGuid(model.the_guid);
}
