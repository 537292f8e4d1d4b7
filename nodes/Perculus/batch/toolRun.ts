import type { IExecuteFunctions } from 'n8n-workflow';

/** n8n's agent runs a node as a tool in two ways; only one of them says so, the other shows in the type's name. */
export function isToolRun(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('Tool') || (context.isToolExecution?.() ?? false);
}
