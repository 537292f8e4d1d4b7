import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { accountOf, n8nTransport, timeoutOf } from '../transport/client';
import { isEmpty } from '../values/convert';
import { autoMap, type Mapped, setField } from './autoMap';
import type { Catalogue, Field, FieldRecord } from './catalogue';
import {
	agentValue,
	expressionIssue,
	FailedExpression,
	isDryRun,
	isExpression,
	isToolRun,
	readOptions,
	valueReader,
} from './parameter';
import { type Part, partsIssue, plainParts, type ReadValue } from './plainReference';
import type { ItemInput, Run } from './types';

/** Reads the values that one input item sets. */
type ItemReader = (index: number, json: IDataObject) => Mapped;

/**
 * Prepares the reading of items: what does not vary by item is read here, once. Fields are read one by one and
 * without n8n's own conversion, which would stop at the first bad one and read wall-clock text in another zone.
 */
function itemReader(context: IExecuteFunctions, catalogue: Catalogue, isTool: boolean): ItemReader {
	const mode = context.getNodeParameter('fields.mappingMode', 0, 'defineBelow') as string;
	if (mode === 'autoMapInputData') {
		return (_index, json) =>
			autoMap(isTool ? (agentValue(json) as IDataObject) : json, catalogue, { isTool });
	}

	const raw = context.getNodeParameter(
		'fields.value',
		0,
		{},
		{ rawExpressions: true },
	) as IDataObject | null;
	const constants: FieldRecord = {};
	const varying: Varying[] = [];
	for (const [id, value] of Object.entries(raw ?? {})) {
		const field = catalogue.byId(id);
		if (!field) continue;
		if (isExpression(value)) varying.push(prepareField(context, field, value));
		// An empty constant isn't mapped; an expression is, also if its value is empty.
		else if (!isEmpty(value)) constants[id] = value;
	}

	return (index, json) => {
		const record: FieldRecord = { ...constants };
		const issues: string[] = [];
		for (const { field, expression, read, parts } of varying) {
			const issue = parts && partsIssue(parts, json);
			if (issue === undefined) {
				try {
					setField(record, field.id, read(index, json), catalogue);
					continue;
				} catch (error) {
					issues.push(`${field.label} ${expressionIssue(error)}`);
				}
			} else issues.push(`${field.label} ${issue}`);
			record[field.id] = new FailedExpression(expression);
		}
		return { record, issues };
	};
}

/** A mapped field whose value may differ from item to item. */
interface Varying {
	field: Field;
	expression: string;
	read: ReadValue;
	/** Of a reference that is composed of fields: none of them may be empty. */
	parts?: readonly Part[] | undefined;
}

/** The id is in brackets, because it may hold dots, which would be read as a path. */
const prepareField = (context: IExecuteFunctions, field: Field, expression: string): Varying => ({
	field,
	expression,
	read: valueReader(context, `fields.value["${field.id}"]`),
	parts: field.kind === 'reference' ? plainParts(expression) : undefined,
});

export const isCancelled = (context: IExecuteFunctions): boolean =>
	context.getExecutionCancelSignal?.()?.aborted ?? false;

/** The items that came in. Pinned data, and other nodes, may have some without `json`: nothing is in these. */
function itemsOf(context: IExecuteFunctions): INodeExecutionData[] {
	const items: Array<Partial<INodeExecutionData>> = context.getInputData();
	return items.map((item) => (item.json ? (item as INodeExecutionData) : { ...item, json: {} }));
}

/** A whole number of at least one; Infinity for anything else. */
function batchSizeOf(given: unknown): number {
	const size = Math.floor(Number(given));
	return size >= 1 ? size : Infinity;
}

/**
 * Reads what is the same for all items.
 *
 * @param perItemOptions names of the options that differ from item to item
 * @throws where an expression in the node's own settings does not work, or gives what is no setting
 */
export async function beginRun(
	context: IExecuteFunctions,
	perItemOptions: readonly string[],
): Promise<Run> {
	const options = readOptions(context, perItemOptions);
	const items = itemsOf(context);
	return {
		context,
		items,
		options,
		isTool: isToolRun(context),
		isDryRun: isDryRun(context, items),
		batchSize: batchSizeOf(options.batchSize),
		transport: n8nTransport(context, timeoutOf(options.timeout)),
		account: (await accountOf(context)) ?? '',
		isCancelled: () => isCancelled(context),
	};
}

/** Reads the values that each item sets, by its own keys or by the mapping. */
export function readItems({ context, items, isTool }: Run, catalogue: Catalogue): ItemInput[] {
	const readItem = itemReader(context, catalogue, isTool);
	return items.map(({ json }, index) => ({ index, json, ...readItem(index, json) }));
}
