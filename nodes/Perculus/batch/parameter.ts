import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	NodeOperationError,
} from 'n8n-workflow';

import { isObject, type Reading } from '../values/collections';
import { convert, isEmpty } from '../values/convert';
import { quote } from '../values/text';
import { partsIssue, plainParts, plainReader, type ReadValue } from './plainReference';

export const isExpression = (value: unknown): value is string =>
	typeof value === 'string' && value.startsWith('=');

/** Why an expression that threw can't be read, as the end of a sentence that begins with the field's name. */
export function expressionIssue(error: unknown): string {
	const reason = error instanceof Error && error.message ? error.message : 'it has no value';
	return `has an expression that does not work for this item: ${reason}`;
}

/**
 * A reader of one parameter of the node for each item, without n8n's own check and conversion of the value. A constant
 * is read here, once; n8n takes about 0.4 ms for an expression, so a plain reference to a field, or a text of such, is
 * read straight from the item; everything else is evaluated by n8n.
 *
 * @param name path of the parameter: `options.dateFormat`, `locator.value`, `fields.value["name"]`
 * @param fallback for a parameter, or an option, that the node does not have
 * @throws what n8n throws if there is neither; the reader throws what n8n throws for an expression
 */
export function valueReader(
	context: IExecuteFunctions,
	name: string,
	fallback?: string | number | boolean | null,
): ReadValue {
	const raw: unknown = context.getNodeParameter(name, 0, fallback, { rawExpressions: true });
	const isComposed = typeof raw === 'object' && raw !== null;
	if (!isComposed && !isExpression(raw)) return () => raw;
	const evaluate = (index: number): unknown =>
		context.getNodeParameter(name, index, fallback, { skipValidation: true });
	// A list or an object may hold expressions.
	const parts = isComposed ? undefined : plainParts(raw);
	const read = parts ? plainReader(parts, evaluate) : evaluate;
	// An agent's values arrive through expressions; a constant is the person's own word.
	return isToolRun(context) ? (index, json) => agentValue(read(index, json)) : read;
}

/** Reads a parameter for an item; an issue is the end of a sentence that begins with the parameter's name. */
export type ReadParameter = (index: number, json: IDataObject) => Reading<unknown>;

/**
 * Prepares the reading of a parameter that may differ from item to item. Successive items with the same value get the
 * same reading.
 *
 * @param path dotted, `options.dateFormat`
 */
export function parameterReader(context: IExecuteFunctions, path: string): ReadParameter {
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

/** A resource locator, prepared for being read item by item. */
export interface LocatorReader {
	/** Name of the mode; undefined if the whole parameter is one expression, or a plain value. */
	mode: string | undefined;
	read: ReadParameter;
}

/**
 * Prepares a resource locator: the object around the value is read once, the value for each item. A reference that is
 * composed of fields needs all its parts.
 */
export function locatorReader(context: IExecuteFunctions, name: string): LocatorReader {
	const raw: unknown = context.getNodeParameter(name, 0, '', { rawExpressions: true });
	if (!isObject(raw)) return { mode: undefined, read: parameterReader(context, name) };
	const { mode, value } = raw;
	const readValue = parameterReader(context, `${name}.value`);
	const parts = mode === 'reference' && isExpression(value) ? plainParts(value) : undefined;
	const read: ReadParameter = (index, json) => {
		const issue = parts && partsIssue(parts, json);
		return issue === undefined ? readValue(index, json) : { issue };
	};
	return { mode: String(mode), read };
}

const DRY_RUN = 'dryRun';

/**
 * Whether nothing may be written in this run: 'Dry Run' is read for every item, and a single one that turns it on, or
 * is neither yes nor no, makes the whole run dry.
 */
export function isDryRun(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
): boolean {
	const read = parameterReader(context, `options.${DRY_RUN}`);
	return items.some(({ json }, index) => {
		const reading = read(index, json);
		if ('issue' in reading) return true;
		if (isEmpty(reading.value)) return false;
		const dry = convert(reading.value, { label: 'Dry Run', kind: 'yesNo' });
		return 'issue' in dry || dry.value === true;
	});
}

/** Options that are on or off, and what the editor calls them. */
const SWITCHES = new Map([
	['includeInput', 'Include Input'],
	['simplify', 'Simplify'],
]);

/** The value of an option; a switch may be a word, `yes`. */
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
 * Reads the options that are the same for all items, for the first item.
 *
 * @param perItem names of those that are read item by item, with `parameterReader`
 * @throws if an expression doesn't work, or a switch is neither on nor off
 */
export function readOptions(
	context: IExecuteFunctions,
	perItem: readonly string[],
): Record<string, unknown> {
	const raw = context.getNodeParameter('options', 0, {}, { rawExpressions: true }) as IDataObject;
	return Object.fromEntries(
		Object.entries(raw)
			.filter(([name]) => name !== DRY_RUN && !perItem.includes(name))
			.map(([name, value]) => [name, optionOf(context, name, value)]),
	);
}

/**
 * Stands in a record for the value of an expression that failed. That is an issue of its item already. On the item it
 * becomes an object, which no field takes, so that the field is not passed over when the item comes back.
 */
export class FailedExpression {
	constructor(readonly expression: string) {}
}

export const isFailed = (value: unknown): boolean => value instanceof FailedExpression;

/** n8n's agent runs a node as a tool in two ways; only one of them says so, the other shows in the type's name. */
export function isToolRun(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('Tool') || (context.isToolExecution?.() ?? false);
}

/** What a model writes if it has no value to give. */
const NOTHING = new Set(['none', 'null', 'n/a']);

/** A value from an agent: words for nothing are empty, also in objects and lists. */
export function agentValue(value: unknown): unknown {
	if (typeof value === 'string') return NOTHING.has(value.trim().toLowerCase()) ? '' : value;
	if (Array.isArray(value)) return value.map(agentValue);
	// A date is also an object.
	if (!isObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
	return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, agentValue(one)]));
}
