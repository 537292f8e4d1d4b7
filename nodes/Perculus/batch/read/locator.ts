import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isObject } from '../../values/isObject';
import type { Reading } from '../../values/reading';
import { parameterReader } from './parameter';

/** A resource locator, prepared for being read item by item. */
export interface LocatorReader {
	/** Name of the mode; undefined where the whole parameter is one expression, or a plain value. */
	mode: string | undefined;
	/** What it has for an item; an issue is the end of a sentence that begins with the parameter's name. */
	read(index: number, json: IDataObject): Reading<unknown>;
}

/** Prepares a resource locator: the object around the value is read once, the value for each item. */
export function locatorReader(context: IExecuteFunctions, name: string): LocatorReader {
	const raw: unknown = context.getNodeParameter(name, 0, '', { rawExpressions: true });
	return isObject(raw)
		? { mode: String(raw.mode), read: parameterReader(context, `${name}.value`) }
		: { mode: undefined, read: parameterReader(context, name) };
}
