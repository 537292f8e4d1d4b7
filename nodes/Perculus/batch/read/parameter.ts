import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Reading } from '../../values/reading';
import { plainPath, plainReader } from './plainReference';

/** Reads a value for an item; throws where an expression does not work for it. */
export type ReadValue = (index: number, json: IDataObject) => unknown;

export const isExpression = (value: unknown): value is string =>
	typeof value === 'string' && value.startsWith('=');

/** What an expression that threw means to the person, as the end of a sentence that begins with the field's name. */
export function expressionIssue(error: unknown): string {
	const reason = error instanceof Error && error.message ? error.message : 'it has no value';
	return `has an expression that does not work for this item: ${reason}`;
}

/**
 * n8n takes about 0.4 ms for an expression, so a plain reference to a field is read straight from the item.
 *
 * @param evaluate n8n's own evaluation for an item
 */
export function expressionReader(
	expression: string,
	evaluate: (index: number) => unknown,
): ReadValue {
	const path = plainPath(expression);
	return path ? plainReader(path, evaluate) : evaluate;
}

/**
 * Prepares the reading of a parameter that may differ from item to item. A constant is read here, once.
 *
 * @param path dotted, `options.dateFormat`
 * @returns a reader; its issues are the end of a sentence that begins with the parameter's name
 */
export function parameterReader(
	context: IExecuteFunctions,
	path: string,
): (index: number, json: IDataObject) => Reading<unknown> {
	const raw: unknown = context.getNodeParameter(path, 0, '', { rawExpressions: true });
	if (!isExpression(raw)) {
		const constant = { value: raw };
		return () => constant;
	}
	const read = expressionReader(raw, (index) => context.getNodeParameter(path, index, ''));
	return (index, json) => {
		try {
			return { value: read(index, json) };
		} catch (error) {
			return { issue: expressionIssue(error) };
		}
	};
}

/**
 * Reads the options that are the same for all items, as they are for the first one.
 *
 * @param perItem names of those that are read item by item, with `parameterReader`
 */
export function readOptions(
	context: IExecuteFunctions,
	perItem: readonly string[],
): Record<string, unknown> {
	const raw = context.getNodeParameter('options', 0, {}, { rawExpressions: true }) as IDataObject;
	return Object.fromEntries(
		Object.entries(raw)
			.filter(([name]) => !perItem.includes(name))
			.map(([name, value]) => [
				name,
				isExpression(value) ? (context.getNodeParameter(`options.${name}`, 0) as unknown) : value,
			]),
	);
}
