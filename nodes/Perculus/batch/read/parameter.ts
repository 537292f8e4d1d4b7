import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { convert, isEmpty } from '../../values/convert/convert';
import { quote } from '../../values/quote';
import type { Reading } from '../../values/reading';
import { valueReader } from './valueReader';

export const isExpression = (value: unknown): value is string =>
	typeof value === 'string' && value.startsWith('=');

/** What an expression that threw means to the person, as the end of a sentence that begins with the field's name. */
export function expressionIssue(error: unknown): string {
	const reason = error instanceof Error && error.message ? error.message : 'it has no value';
	return `has an expression that does not work for this item: ${reason}`;
}

/**
 * Prepares the reading of a parameter that may differ from item to item. A constant is read here, once.
 *
 * @param path dotted, `options.dateFormat`
 * @returns a reader; its issues are the end of a sentence that begins with the parameter's name; one after the other,
 * items with the same value get the same reading
 */
export function parameterReader(
	context: IExecuteFunctions,
	path: string,
): (index: number, json: IDataObject) => Reading<unknown> {
	const read = valueReader(context, path, '');
	// As a rule it is the same for all items.
	let last: { value: unknown } | undefined;
	return (index, json) => {
		try {
			const value = read(index, json);
			return last && last.value === value ? last : (last = { value });
		} catch (error) {
			return { issue: expressionIssue(error) };
		}
	};
}

/** Options that are on or off, and what the editor calls them. */
const SWITCHES = new Map([
	['dryRun', 'Dry Run'],
	['includeInput', 'Include Input'],
	['simplify', 'Simplify'],
]);

/** The value of an option. A word will do for a switch: taken for off, it would write what was to be checked. */
function optionOf(context: IExecuteFunctions, name: string, raw: unknown): unknown {
	const value = isExpression(raw) ? context.getNodeParameter(`options.${name}`, 0) : raw;
	const label = SWITCHES.get(name);
	if (label === undefined) return value;
	if (isEmpty(value)) return undefined;
	const read = convert(value, { label, kind: 'yesNo' });
	if ('value' in read) return read.value;
	const issue = `The option '${label}' must be yes or no; it is ${quote(value)}`;
	throw new NodeOperationError(context.getNode(), issue, { itemIndex: 0 });
}

/**
 * Reads the options that are the same for all items, as they are for the first one.
 *
 * @param perItem names of those that are read item by item, with `parameterReader`
 * @throws where an expression does not work, or a switch is neither on nor off
 */
export function readOptions(
	context: IExecuteFunctions,
	perItem: readonly string[],
): Record<string, unknown> {
	const raw = context.getNodeParameter('options', 0, {}, { rawExpressions: true }) as IDataObject;
	return Object.fromEntries(
		Object.entries(raw)
			.filter(([name]) => !perItem.includes(name))
			.map(([name, value]) => [name, optionOf(context, name, value)]),
	);
}
