import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { autoMap, type Mapped } from './autoMap';
import { fieldById, type SessionField } from '../../resources/session/fields';
import type { ReadValue } from './plainReader';
import { parameterReader } from './readParameter';

/** Reads what one input item says about its session. */
export type ReadItem = (index: number, json: IDataObject) => Mapped;

interface VaryingField {
	field: SessionField;
	read: ReadValue;
}

const isExpression = (value: unknown): value is string =>
	typeof value === 'string' && value.startsWith('=');

function reasonOf(error: unknown): string {
	return error instanceof Error && error.message ? error.message : 'it has no value';
}

/**
 * Prepares the reading of items: what does not vary by item is read here, once. Fields are read one by one and
 * without n8n's own conversion, which would stop at the first bad one and read wall-clock text in another zone.
 */
export function itemReader(context: IExecuteFunctions, isTool: boolean): ReadItem {
	const mode = context.getNodeParameter('fields.mappingMode', 0, 'defineBelow') as string;
	if (mode === 'autoMapInputData') return (_index, json) => autoMap(json, { isTool });

	const raw = context.getNodeParameter(
		'fields.value',
		0,
		{},
		{ rawExpressions: true },
	) as IDataObject | null;
	const constants: Mapped['record'] = {};
	const varying: VaryingField[] = [];
	for (const [id, value] of Object.entries(raw ?? {})) {
		const field = fieldById(id);
		if (!field) continue;
		if (isExpression(value)) varying.push({ field, read: fieldReader(context, id) });
		else constants[id] = value;
	}

	return (index, json) => {
		const record: Mapped['record'] = { ...constants };
		const issues: string[] = [];
		for (const { field, read } of varying) {
			try {
				record[field.id] = read(index, json);
			} catch (error) {
				issues.push(
					`${field.label} has an expression that does not work for this item: ${reasonOf(error)}`,
				);
			}
		}
		return { record, issues };
	};
}

/** In brackets, because an id may hold dots, which would be read as a path. */
function fieldReader(context: IExecuteFunctions, id: string): ReadValue {
	return parameterReader(context, `fields.value["${id}"]`);
}
