import type { NodeExecutionHint } from 'n8n-workflow';

import { wordsOf } from '../../errors/words';
import type { Draft, Noun, Resource, Run, Settled } from '../contract';
import type { Outcomes } from '../send/outcomes';
import { isForError, type EmitSettings } from './emit';
import type { Refused } from './outcome';

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

const count = (n: number, { one, many }: Noun) => `${n} ${n === 1 ? one : many}`;
const RESULT: Noun = { one: 'result', many: 'results' };

const MAYBE_SAVED = 'may or may not have been saved';

/** How it came that an item was not saved. */
function fateOf({ source, isSent }: Refused): string {
	if (!isSent) return 'not sent';
	return source === 'perculus' ? 'refused by Perculus' : 'not saved';
}

/**
 * '2 of 12 sessions not sent: values to correct; 1 refused by Perculus: no session with this GUID', most frequent
 * first; undefined where there is nothing to tell.
 */
function tally(
	refused: readonly Refused[],
	of: number,
	noun: Noun,
	fate: (one: Refused) => string = fateOf,
): string | undefined {
	const counts = new Map<string, number>();
	for (const one of refused) {
		const clause = `${fate(one)}: ${wordsOf(one, noun.one).phrase}`;
		counts.set(clause, (counts.get(clause) ?? 0) + 1);
	}
	const [first, ...rest] = [...counts].sort((a, b) => b[1] - a[1]);
	if (!first) return undefined;
	const [clause, times] = first;
	return [
		`${times} of ${count(of, noun)} ${clause}`,
		...rest.map(([other, n]) => `${n} ${other}`),
	].join('; ');
}

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
	const refused = settled.flatMap(({ outcome }) => (outcome.kind === 'approved' ? [] : [outcome]));
	/** @param place where they came out, if that is not Rejected */
	const addRefused = (some: readonly Refused[], place = '') => {
		const of = (wanted: Refused['kind']) => some.filter(({ kind }) => kind === wanted);
		const rejected = tally(of('rejected'), settled.length, noun);
		const unknown = tally(of('unknown'), settled.length, noun, () => MAYBE_SAVED);
		add('warning', rejected && `${place}${rejected}.`);
		add('danger', unknown && `${place}${unknown}. Look in Perculus before sending again.`);
	};

	add('danger', goesOnBecause);
	if (run.isCheckOnly) add('warning', checkedOnly(facts));
	addRefused(refused.filter((outcome) => !isForError(outcome, settings)));
	addRefused(
		refused.filter((outcome) => isForError(outcome, settings)),
		'At Error: ',
	);
	add('warning', strangers(facts));
	add('warning', needALook(facts, noun));
	for (const { type, message } of resource.hints?.(settled) ?? []) add(type, message);
	const sent = settled.length - refused.filter(({ isSent }) => !isSent).length;
	if (sent > LARGE_RUN && run.batchSize === Infinity && !run.isCheckOnly) {
		add(
			'info',
			`${sent} ${noun.many} were sent in as few requests as possible. If Perculus takes long to answer, set the option 'Batch Size'.`,
		);
	}
	return hints;
}

function checkedOnly<D extends Draft>({ settled }: RunFacts<D>): string {
	const good = settled.filter(({ outcome }) => outcome.kind === 'approved').length;
	return `Nothing was written, because 'Check Only' is on. ${good} of ${settled.length} would be sent; what is connected to Approved runs all the same.`;
}

function strangers<D extends Draft>({ sent, resource }: RunFacts<D>): string | undefined {
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
