import type { NodeExecutionHint } from 'n8n-workflow';

import type { Draft, Noun, Resource, Run, Settled } from '../../contract';
import type { Outcomes } from '../../send/outcomes';
import type { EmitSettings } from '../emit';
import { count, refusedHints, type Fates } from './refusedHints';

/** From here on a smaller batch is suggested: how many Perculus takes in one request is not documented. */
const LARGE_RUN = 500;
/** So many results that fit no item are named at most. */
const MOST_NAMED = 10;

export interface RunFacts<D extends Draft> {
	settled: ReadonlyArray<Settled<D>>;
	sent: Outcomes<D>;
	resource: Resource<D>;
	run: Run;
	/** Why the run goes on, although a request failed and the node is to stop then. */
	goesOnBecause: string | undefined;
}

type Settings = Pick<EmitSettings, 'onError' | 'isTool' | 'noun' | 'hide'>;

const RESULT: Noun = { one: 'result', many: 'results' };

const FATES: Fates = {
	unsent: 'not sent',
	failed: 'not saved',
	unknown: 'may or may not have been saved',
};

/** What the output pane tells about a run, each thing once. Whatever matters in production is on the items as well. */
export function hintsOf<D extends Draft>(
	facts: RunFacts<D>,
	settings: Settings,
): NodeExecutionHint[] {
	const { settled, resource, run, goesOnBecause } = facts;
	const { noun, hide } = settings;
	const hints: NodeExecutionHint[] = [];
	const add = (type: NodeExecutionHint['type'], message: string | undefined) => {
		if (message !== undefined) hints.push({ type, message: hide(message), location: 'outputPane' });
	};
	const refused = settled
		.map(({ outcome }) => outcome)
		.filter((outcome) => outcome.kind !== 'approved');
	add('danger', goesOnBecause);
	if (run.isDryRun) add('warning', checkedOnly(facts));
	for (const { type, message } of refusedHints(refused, settled.length, noun, FATES, settings))
		add(type, message);
	add('warning', unmatchedHint(facts));
	add('warning', needALook(facts, noun));
	for (const { type, message } of resource.hints?.(settled) ?? []) add(type, message);
	const sent = settled.length - refused.filter(({ isSent }) => !isSent).length;
	if (sent > LARGE_RUN && run.batchSize === Infinity && !run.isDryRun) {
		add(
			'info',
			`${sent} ${noun.many} were sent in as few requests as possible. If Perculus takes long to answer, set the option 'Batch Size'.`,
		);
	}
	return hints;
}

function checkedOnly<D extends Draft>({ settled }: RunFacts<D>): string {
	const good = settled.filter(({ outcome }) => outcome.kind === 'approved').length;
	return `Nothing was written, because 'Dry Run' is on. ${good} of ${settled.length} would be sent; what is connected to Approved runs all the same.`;
}

function unmatchedHint<D extends Draft>({ sent, resource }: RunFacts<D>): string | undefined {
	const { unmatched } = sent;
	if (unmatched.length === 0) return undefined;
	const names = unmatched.flatMap((result) =>
		result.kind === 'approved' ? (resource.identity.of(result.view) ?? []) : [],
	);
	const named = names.length > 0 ? `: ${names.slice(0, MOST_NAMED).join(', ')}` : '';
	return `Perculus answered with ${count(unmatched.length, RESULT)} that ${unmatched.length === 1 ? 'fits' : 'fit'} no item${named}.`;
}

function needALook<D extends Draft>({ settled }: RunFacts<D>, noun: Noun): string | undefined {
	const warned = settled.filter(
		({ outcome }) => outcome.kind === 'approved' && outcome.warnings.length > 0,
	).length;
	if (warned === 0) return undefined;
	return `${warned} approved ${warned === 1 ? `${noun.one} needs` : `${noun.many} need`} a look: see 'warnings' on the item.`;
}
