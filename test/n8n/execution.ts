/** An item as it left a node. */
export interface Item {
	json: Record<string, unknown>;
	pairedItem?: number | { item: number } | Array<{ item: number }>;
}

export interface NodeRun {
	executionStatus: string;
	/** Milliseconds. */
	executionTime: number;
	data?: { main: Array<Item[] | null> };
	error?: { message: string; description?: string | null };
}

/** The data of an execution, in the form in which n8n stores it. */
export interface ResultData {
	runData: Record<string, NodeRun[] | undefined>;
	error?: { message: string; description?: string | null };
}

export interface Execution {
	id: string;
	status: string;
	result: ResultData;
}

/** The items a node put on one of its outputs; it must have run. */
export function outputOf({ result }: Execution, node: string, output = 0): Item[] {
	const run = result.runData[node]?.[0];
	if (!run) {
		throw new Error(`"${node}" did not run: ${result.error?.message ?? 'no item reached it'}`);
	}
	return run.data?.main[output] ?? [];
}

/** The index of the one input item an item is linked to. */
export function linkedIndex({ pairedItem }: Item): number | undefined {
	const link = Array.isArray(pairedItem)
		? pairedItem.length === 1
			? pairedItem[0]
			: undefined
		: pairedItem;
	return typeof link === 'object' ? link.item : link;
}
