import { linkedIndex, outputOf } from '../../n8n/execution';
import type { CallExecution } from '../executions';
import type { Scene } from '../scene';
import { NODES } from '../workflow';
import { type Listed, REASONS } from './list';

/**
 * Accounts for every person: in the executions, and in the session at Perculus. Returns what is not as it should be.
 *
 * @param guids of the sessions, by reference
 */
export function auditList(
	calls: Listed[][],
	executions: CallExecution[],
	guids: ReadonlyMap<string, string>,
	{ perculus }: Scene,
): string[] {
	const rosters = new Map(
		[...guids].map(([course, guid]) => [
			course,
			perculus.attendeesOf(guid).map(({ email }) => email),
		]),
	);
	const differences: string[] = [];
	for (const people of calls) {
		const own = executions.filter(({ call }) => call === people[0]?.call);
		if (own.length !== 1) differences.push(`a call has ${own.length} executions that succeeded.`);
		const outcomes = outcomesOf(own);
		for (const { index, fate, course, email } of people) {
			const reason = REASONS[fate];
			const found = outcomes.get(index)?.join(' and ') ?? 'on no branch';
			const expected =
				reason === undefined
					? `saved as ${email} of ${guids.get(course)}`
					: `rejected as ${reason}`;
			if (found !== expected) differences.push(`${email}: ${found}, not ${expected}.`);
			const copies = rosters.get(course)?.filter((one) => one === email).length ?? 0;
			const isThere = reason === undefined ? 1 : 0;
			if (copies !== isThere) differences.push(`${email}: is in ${course} ${copies} times.`);
		}
	}
	const expected = calls.flat().filter(({ fate }) => REASONS[fate] === undefined).length;
	const present = [...rosters.values()].reduce((sum, { length }) => sum + length, 0);
	if (present !== expected) differences.push(`${present} people are there, not ${expected}.`);
	return differences;
}

/** What became of each row of a call, by its index; more than one where it came out more than once. */
function outcomesOf(executions: CallExecution[]): Map<number, string[]> {
	const outcomes = new Map<number, string[]>();
	const add = (index: number | undefined, outcome: string) => {
		if (index !== undefined) outcomes.set(index, [...(outcomes.get(index) ?? []), outcome]);
	};
	for (const { execution } of executions) {
		for (const item of outputOf(execution, NODES.perculus, 0)) {
			const { outcome, email, session_guid: guid } = item.json;
			add(linkedIndex(item), `${String(outcome)} as ${String(email)} of ${String(guid)}`);
		}
		for (const item of outputOf(execution, NODES.perculus, 1)) {
			const { reason } = item.json.rejection as { reason: string };
			add(linkedIndex(item), `${String(item.json.outcome)} as ${reason}`);
		}
	}
	return outcomes;
}
