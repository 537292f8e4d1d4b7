/** What is sent of an item, and by which call. */
interface Sent {
	call: number;
	row: Record<string, unknown>;
}

/** Longer than n8n takes to give up an execution whose worker is gone. */
const PATIENCE_MILLISECONDS = 180_000;

/** What the caller of the webhook got. */
export interface Reply {
	call: number;
	/** The status of the answer, or why there was none. */
	status: number | string;
	milliseconds: number;
}

/** Calls a webhook once for each list of items, all at the same time. */
export async function sendAtOnce(webhook: string, calls: Sent[][]): Promise<Reply[]> {
	return await Promise.all(calls.map(async (items) => await send(webhook, items)));
}

async function send(webhook: string, items: Sent[]): Promise<Reply> {
	const call = items[0]?.call ?? 0;
	const start = performance.now();
	const status = await statusOf(webhook, { call, rows: items.map(({ row }) => row) });
	return { call, status, milliseconds: performance.now() - start };
}

async function statusOf(webhook: string, body: unknown): Promise<number | string> {
	try {
		const response = await fetch(webhook, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
			signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
		});
		await response.arrayBuffer();
		return response.status;
	} catch (error) {
		return error instanceof Error ? error.name : 'no answer';
	}
}
