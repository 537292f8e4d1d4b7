import { linkedIndex, outputOf } from '../n8n/execution';
import { type CallExecution, countSent, countSessions } from './executions';
import { type CallItem, REASONS } from './items';
import type { Scene } from './scene';
import { NODES } from './workflow';

/** What an audit counted, and every difference from what was promised. */
export interface Audit {
	executions: number;
	requests: number;
	created: number;
	updated: number;
	rejected: number;
	differences: string[];
}

/** Accounts for every item of every call: in the executions, and at Perculus. */
export function auditCalls(calls: CallItem[][], executions: CallExecution[], scene: Scene): Audit {
	const differences: string[] = [];
	const counts = { created: 0, updated: 0, rejected: 0 };
	const sessions = countSessions(scene);
	const sent = countSent(scene);
	for (const items of calls) {
		const [first] = items;
		const own = executions.filter(({ call }) => call === first?.call);
		if (own.length !== 1) {
			differences.push(`call ${first?.call}: ${own.length} executions that succeeded.`);
			continue;
		}
		const outcomes = readOutcomes(own, scene);
		for (const item of items) {
			const found = outcomes.get(item.index)?.join(' and ') ?? 'on no branch';
			const expected = expectedOutcome(item);
			if (found !== expected) differences.push(`${item.name}: ${found}, not ${expected}.`);
			const copies = sessions.get(item.name) ?? 0;
			const isThere = REASONS[item.kind] === undefined ? 1 : 0;
			if (copies !== isThere) differences.push(`${item.name}: ${copies} sessions exist.`);
			const times = sent.get(item.name) ?? 0;
			if (times !== (item.kind === 'malformed' ? 0 : 1)) {
				differences.push(`${item.name}: sent ${times} times.`);
			}
			counts[item.kind === 'create' ? 'created' : isThere ? 'updated' : 'rejected']++;
		}
	}
	const requests = scene.perculus.batches().length;
	if (requests !== calls.length)
		differences.push(`${requests} requests for ${calls.length} calls.`);
	return { executions: executions.length, requests, ...counts, differences };
}

function expectedOutcome({ kind, name }: CallItem): string {
	const reason = REASONS[kind];
	return reason === undefined ? `${kind}d as "${name}"` : `rejected as ${reason}`;
}

/** What became of each item, by its index; twice where it came out twice. */
function readOutcomes(executions: CallExecution[], { perculus }: Scene): Map<number, string[]> {
	const outcomes = new Map<number, string[]>();
	const add = (index: number | undefined, outcome: string) => {
		if (index === undefined) return;
		outcomes.set(index, [...(outcomes.get(index) ?? []), outcome]);
	};
	for (const { execution } of executions) {
		for (const item of outputOf(execution, NODES.perculus, 0)) {
			const guid = String(item.json.session_guid).toUpperCase();
			const name = perculus.sessions.get(guid)?.name;
			add(linkedIndex(item), `${String(item.json.outcome)} as "${name}"`);
		}
		for (const item of outputOf(execution, NODES.perculus, 1)) {
			const { reason } = item.json.rejection as { reason: string };
			add(linkedIndex(item), `${String(item.json.outcome)} as ${reason}`);
		}
	}
	return outcomes;
}
