import type { IExecuteFunctions } from 'n8n-workflow';

import { agentValue } from '../../values/agentValue';
import { isToolRun } from '../toolRun';
import { plainReader, type ReadValue } from './plain/plainReader';
import { plainParts } from './plain/plainText';

/**
 * A reader of one parameter of the node for each item, without n8n's own check and conversion of the value. A constant
 * is read here, once; n8n takes about 0.4 ms for an expression, so a plain reference to a field, or a text of such, is
 * read straight from the item; everything else is n8n's to evaluate.
 *
 * @param name path of the parameter: `options.dateFormat`, `locator.value`, `fields.value["name"]`
 * @param fallback for a parameter, or an option, that the node does not have
 * @throws what n8n throws where there is neither; the reader throws what n8n throws for an expression
 */
export function valueReader(
	context: IExecuteFunctions,
	name: string,
	fallback?: string | number | boolean | null,
): ReadValue {
	const raw: unknown = context.getNodeParameter(name, 0, fallback, { rawExpressions: true });
	const isComposed = typeof raw === 'object' && raw !== null;
	if (!isComposed && (typeof raw !== 'string' || !raw.startsWith('='))) return () => raw;
	const evaluate = (index: number): unknown =>
		context.getNodeParameter(name, index, fallback, { skipValidation: true });
	// A list or an object may hold expressions.
	const parts = isComposed ? undefined : plainParts(raw);
	const read = parts ? plainReader(parts, evaluate) : evaluate;
	// What is an agent's is in an expression; a constant is the person's own word.
	return isToolRun(context) ? (index, json) => agentValue(read(index, json)) : read;
}
