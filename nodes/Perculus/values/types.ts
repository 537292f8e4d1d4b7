/** An object of JSON, as n8n's items are made of. */
export interface PlainObject {
	[key: string]: string | number | boolean | object | null | undefined;
}

/** Whether a value is an object with keys: no list, no null. */
export const isObject = (value: unknown): value is PlainObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a value was read as, or in words for the person why it cannot be read. */
export type Reading<T> = { value: T } | { issue: string };
