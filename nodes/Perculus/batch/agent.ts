import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject } from '../values/types';

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
