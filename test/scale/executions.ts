import { setTimeout as sleep } from 'node:timers/promises';
import { type Execution, outputOf } from '../n8n/execution';
import { callOf } from './items';
import type { Scene } from './scene';
import type { QueueStage } from './stage';
import { NODES } from './workflow';

const READERS = 4;
const SETTLE_MILLISECONDS = 300_000;
const POLL_MILLISECONDS = 500;
const UNSETTLED = new Set(['new', 'running', 'waiting']);

/** An execution of the workflow, as n8n's database has it. */
export interface ExecutionRow {
	id: string;
	status: string;
	/** When it ended, in milliseconds since 1970; undefined while it has not. */
	stoppedAt: number | undefined;
}

/** All executions of a workflow, from the database: n8n's own list comes in pages. */
export async function listExecutions(
	{ postgres }: QueueStage,
	workflowId: string,
): Promise<ExecutionRow[]> {
	const rows = await postgres.query(
		`select id, status, extract(epoch from "stoppedAt") from execution_entity
		where "workflowId" = '${workflowId}' order by id`,
	);
	return rows.map(([id = '', status = '', stopped = '']) => ({
		id,
		status,
		stoppedAt: stopped === '' ? undefined : Number(stopped) * 1000,
	}));
}

/** Waits until n8n has said of every execution how it ended, for a bounded time. */
export async function settle(stage: QueueStage, scene: Scene): Promise<ExecutionRow[]> {
	const deadline = Date.now() + SETTLE_MILLISECONDS;
	for (;;) {
		const rows = await listExecutions(stage, scene.workflowId);
		if (!rows.some(({ status }) => UNSETTLED.has(status)) || Date.now() > deadline) return rows;
		await sleep(POLL_MILLISECONDS);
	}
}

/** What an execution did, and which call it was for. */
export interface CallExecution {
	call: number;
	execution: Execution;
}

/** Reads the executions that succeeded. */
export async function readExecutions(
	{ client }: QueueStage,
	rows: ExecutionRow[],
): Promise<CallExecution[]> {
	const found: CallExecution[] = [];
	const queue = rows.filter(({ status }) => status === 'success');
	const readOneByOne = async () => {
		for (let row = queue.shift(); row; row = queue.shift()) {
			const execution = await client.finishedExecution(row.id);
			const { body } = outputOf(execution, NODES.webhook)[0]?.json ?? {};
			found.push({ call: Number((body as { call?: number } | undefined)?.call), execution });
		}
	};
	await Promise.all(Array.from({ length: READERS }, readOneByOne));
	return found;
}

/** How often each name occurs among the sessions that exist at Perculus. */
export function countSessions({ perculus }: Scene): Map<string, number> {
	return countNames([...perculus.sessions.values()].map(({ name }) => name));
}

/** How often each name was sent to Perculus. */
export function countSent({ perculus }: Scene): Map<string, number> {
	return countNames(perculus.batches().flatMap((batch) => batch.map(({ name }) => String(name))));
}

function countNames(names: string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const name of names) {
		if (callOf(name) !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	return counts;
}
