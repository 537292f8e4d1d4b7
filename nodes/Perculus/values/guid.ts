const NO_GUID = '00000000-0000-0000-0000-000000000000';

/** A GUID for comparing: lower case, with or without braces. Undefined for null, empty, and the zero GUID. */
export function normalGuid(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const text = value.trim().toLowerCase();
	const guid = text.startsWith('{') ? text.replace(/^\{(.*)\}$/, '$1') : text;
	return guid === '' || guid === NO_GUID ? undefined : guid;
}
