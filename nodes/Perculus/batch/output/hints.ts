import type { NodeExecutionHint } from 'n8n-workflow';

import type { Settled } from './emit';
import type { Result } from '../match/results';

/** From here on a smaller batch is suggested: how many sessions Perculus takes in one request is not documented. */
const LARGE_RUN = 500;

export interface RunFacts {
	settled: readonly Settled[];
	unmatched: readonly Result[];
	batchSize: number;
	/** The workflow's zone, if creates were given it because their items name none. */
	assumedZone: string | undefined;
	/** Why the run goes on, although a request failed and the node is to stop then. */
	goesOnBecause: string | undefined;
}

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** '2 validation_error, 1 session_not_found', most frequent first. */
function tally(reasons: readonly string[]): string {
	const counts = new Map<string, number>();
	for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
	return [...counts]
		.sort((a, b) => b[1] - a[1])
		.map(([reason, times]) => `${times} ${reason}`)
		.join(', ');
}

/** What the output pane tells about a run, each thing once. Whatever matters in production is on the items as well. */
export function hintsOf({
	settled,
	unmatched,
	batchSize,
	assumedZone,
	goesOnBecause,
}: RunFacts): NodeExecutionHint[] {
	const hints: NodeExecutionHint[] = [];
	const add = (type: NodeExecutionHint['type'], message: string) =>
		hints.push({ type, message, location: 'outputPane' });
	const all = count(settled.length, 'session', 'sessions');
	const refused = settled.flatMap(({ outcome }) => (outcome.kind === 'approved' ? [] : [outcome]));
	const of = (kind: 'rejected' | 'unknown') =>
		refused.filter((outcome) => outcome.kind === kind).map(({ reason }) => reason);
	const [rejected, unknown] = [of('rejected'), of('unknown')];
	const sent = settled.length - refused.filter(({ source }) => source === 'validation').length;
	const warned = settled.filter(
		({ outcome }) => outcome.kind === 'approved' && outcome.warnings.length > 0,
	).length;

	if (goesOnBecause !== undefined) add('danger', goesOnBecause);
	if (rejected.length > 0) {
		add(
			'warning',
			`${rejected.length} of ${all} ${rejected.length === 1 ? 'was' : 'were'} rejected: ${tally(rejected)}.`,
		);
	}
	if (unknown.length > 0) {
		add(
			'danger',
			`${unknown.length} of ${all} may or may not have been saved: ${tally(unknown)}. Look in Perculus before sending again.`,
		);
	}
	if (unmatched.length > 0) {
		const guids = unmatched.flatMap((result) =>
			result.kind === 'approved' && typeof result.view.session_guid === 'string'
				? [result.view.session_guid]
				: [],
		);
		add(
			'warning',
			`Perculus answered with ${count(unmatched.length, 'result', 'results')} that ${unmatched.length === 1 ? 'fits' : 'fit'} no item${guids.length > 0 ? `: ${guids.slice(0, 10).join(', ')}` : ''}.`,
		);
	}
	if (warned > 0)
		add(
			'warning',
			`${count(warned, 'approved session needs', 'approved sessions need')} a look: see 'warnings' on the item.`,
		);
	if (assumedZone !== undefined) {
		add(
			'info',
			`Items without a time zone were taken to be in ${assumedZone}, the workflow's time zone. Map 'Time Zone' to choose another.`,
		);
	}
	if (sent > LARGE_RUN && batchSize === 0) {
		add(
			'info',
			`${sent} sessions were sent in as few requests as possible. If Perculus takes long to answer, set the option 'Batch Size'.`,
		);
	}
	return hints;
}
