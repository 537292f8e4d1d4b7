import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { agentValue } from '../../values/agentValue';
import { isEmpty } from '../../values/convert/convert';
import { autoMap, type Mapped } from './autoMap';
import type { Catalogue, Field, FieldRecord } from './catalogue';
import { FailedExpression } from './failedExpression';
import { expressionIssue, isExpression } from './parameter';
import type { ReadValue } from './plain/plainReader';
import { valueReader } from './valueReader';

/** Reads what one input item says. */
export type ReadItem = (index: number, json: IDataObject) => Mapped;

/**
 * Prepares the reading of items: what does not vary by item is read here, once. Fields are read one by one and
 * without n8n's own conversion, which would stop at the first bad one and read wall-clock text in another zone.
 */
export function itemReader(
	context: IExecuteFunctions,
	catalogue: Catalogue,
	isTool: boolean,
): ReadItem {
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
	const varying: Array<{ field: Field; expression: string; read: ReadValue }> = [];
	for (const [id, value] of Object.entries(raw ?? {})) {
		const field = catalogue.byId(id);
		if (!field) continue;
		if (isExpression(value))
			varying.push({ field, expression: value, read: fieldReader(context, id) });
		// A constant without a value is not mapped; an expression is, whatever it gives.
		else if (!isEmpty(value)) constants[id] = value;
	}

	return (index, json) => {
		const record: FieldRecord = { ...constants };
		const issues: string[] = [];
		for (const { field, expression, read } of varying) {
			try {
				record[field.id] = read(index, json);
			} catch (error) {
				issues.push(`${field.label} ${expressionIssue(error)}`);
				record[field.id] = new FailedExpression(expression);
			}
		}
		return { record, issues };
	};
}

/** In brackets, because an id may hold dots, which would be read as a path. */
function fieldReader(context: IExecuteFunctions, id: string): ReadValue {
	return valueReader(context, `fields.value["${id}"]`);
}
