import { type Item as OutputItem, linkedIndex, outputOf } from '../n8n/execution';
import type { PerculusServer } from '../perculus-server';
import type { Item } from './items';
import { NODES, type Published, type QueueStage } from './stage';

/** Longer than n8n takes to give up an execution whose worker is gone. */
const PATIENCE_MILLISECONDS = 180_000;

/** What came out of an execution that succeeded, by the index of the item; more than one text if it came out twice. */
export interface Outcomes {
	call: number;
	byIndex: Map<number, string[]>;
}

/** Calls a webhook once for each list of items, all at the same time. A call without a response has no execution. */
export async function sendAll(webhook: string, calls: Item[][]): Promise<void> {
	const send = async (items: Item[]) => {
		const response = await fetch(webhook, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ call: items[0]?.call, rows: items.map(({ row }) => row) }),
			signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
		});
		await response.arrayBuffer();
	};
	await Promise.allSettled(calls.map(send));
}

/** An output item in a line: its outcome, with the session's name and the attendee, or with the reason. */
function describe({ json }: OutputItem, { sessions }: PerculusServer): string {
	const { outcome, email, session_guid, rejection, warnings } = json;
	const name = sessions.get(String(session_guid).toUpperCase())?.name;
	const reason = (rejection as { reason?: string } | undefined)?.reason;
	const what = reason === undefined ? [name, email] : [reason];
	return [outcome, ...what, warnings && 'with a warning'].filter(Boolean).join(' ');
}

/** Sends calls and prints how long they took; returns their executions, and what came out of those that succeeded. */
export async function sendAndRead(
	{ client, perculus, executionsOf }: QueueStage,
	workflow: Published,
	calls: Item[][],
): Promise<{ rows: Array<{ id: string; status: string }>; outcomes: Outcomes[] }> {
	const earlier = new Set((await executionsOf(workflow)).map(({ id }) => id));
	const start = performance.now();
	await sendAll(workflow.webhook, calls);
	console.log(`  ${((performance.now() - start) / 1000).toFixed(1)} s`);
	const rows = (await executionsOf(workflow)).filter(({ id }) => !earlier.has(id));
	const outcomes: Outcomes[] = [];
	for (const { id } of rows.filter(({ status }) => status === 'success')) {
		const execution = await client.finishedExecution(id);
		const body = outputOf(execution, NODES.webhook)[0]?.json.body;
		const byIndex = new Map<number, string[]>();
		for (const item of [0, 1].flatMap((at) => outputOf(execution, NODES.perculus, at))) {
			const index = linkedIndex(item) ?? NaN;
			byIndex.set(index, [...(byIndex.get(index) ?? []), describe(item, perculus)]);
		}
		outcomes.push({ call: Number((body as { call?: number } | undefined)?.call), byIndex });
	}
	return { rows, outcomes };
}

/** How often each key of an item exists at Perculus. */
export function countCopies(perculus: PerculusServer): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { name, tags, session_guid } of perculus.sessions.values()) {
		const people = perculus.attendeesOf(session_guid).map(({ email }) => `${name} ${email}`);
		for (const key of [name, ...(tags ?? '').split(','), ...people])
			counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	return counts;
}

/** Accounts for every item of every call, in the executions and at Perculus. Returns what is not as it has to be. */
export function audit(calls: Item[][], outcomes: Outcomes[], perculus: PerculusServer): string[] {
	const differences: string[] = [];
	const copies = countCopies(perculus);
	for (const items of calls) {
		const own = outcomes.filter(({ call }) => call === items[0]?.call);
		if (own.length !== 1) differences.push(`a call has ${own.length} executions that succeeded.`);
		for (const { index, key, outcome, copies: expected } of items) {
			const found = own.flatMap(({ byIndex }) => byIndex.get(index) ?? []).join(' and ');
			if (found !== outcome) differences.push(`${key}: "${found}", not "${outcome}".`);
			const there = copies.get(key) ?? 0;
			if (there !== expected) differences.push(`${key}: exists ${there} times.`);
		}
	}
	return differences;
}
