import type { NodeExecutionHint } from 'n8n-workflow';

import type { DraftOutcomes } from './draftOutcomes';
import type { MessageSettings } from './rejected';
import {
	type Draft,
	isDraft,
	type ItemOutcome,
	type Noun,
	outcomeWord,
	type Resource,
	type Run,
} from './types';

/** How many results that fit no item are named at most. */
const MOST_NAMED = 10;

export type Hint = Pick<NodeExecutionHint, 'type' | 'message'>;

export interface RunFacts<D extends Draft> {
	settled: ReadonlyArray<ItemOutcome<D>>;
	outcomes: DraftOutcomes<D>;
	resource: Resource<D>;
	run: Run;
	/** Why the run goes on, although a request was unsuccessful and the node is set to stop then. */
	reasonToContinue: string | undefined;
	/** Of the resource. */
	hints: readonly Hint[];
}

/** For the editor's output pane. What matters in production is on the items. */
export const toExecutionHints = (
	hints: readonly Hint[],
	{ hide }: Pick<MessageSettings, 'hide'>,
): NodeExecutionHint[] =>
	hints.map(({ type, message }) => ({ type, message: hide(message), location: 'outputPane' }));

export function hintsOf<D extends Draft>(facts: RunFacts<D>, settings: MessageSettings) {
	const { settled, run, reasonToContinue } = facts;
	const hints: Hint[] = [];
	if (reasonToContinue !== undefined) hints.push({ type: 'danger', message: reasonToContinue });
	if (run.isDryRun) {
		hints.push({
			type: 'warning',
			message:
				"Nothing was written, because 'Dry Run' is on. Nodes connected to Approved still run.",
		});
	}
	const outcomes = settled.map(({ built, outcome }) =>
		outcome.kind === 'approved' && isDraft(built)
			? outcomeWord(built, outcome.view === undefined)
			: outcome.kind,
	);
	hints.push(...countsHint(outcomes, settings.noun));
	hints.push(...unmatchedHint(facts));
	hints.push(...facts.hints);
	return toExecutionHints(hints, settings);
}

const PHRASES: Readonly<Record<string, string>> = {
	would_create: 'would be created',
	would_update: 'would be updated',
	would_save: 'would be saved',
};
const UNSUCCESSFUL = ['rejected', 'unknown'];

/**
 * What became of the items, in numbers: "3 sessions created, 2 updated, 1 rejected."
 *
 * @param outcomes of each item, such as 'created', 'rejected' or 'unknown'
 * @param noun what an item is about
 * @param found what was found, where that is something else: "3 attendees found, 1 session rejected."
 * @param unknown how 'unknown' reads
 */
export function countsHint(
	outcomes: readonly string[],
	noun: Noun,
	{ found = noun, unknown = 'may or may not have been saved' } = {},
): Hint[] {
	const counts = new Map<string, number>();
	for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
	if (counts.size === 0) return [];
	const successful = [...counts.keys()].filter((outcome) => !UNSUCCESSFUL.includes(outcome));
	const parts = [...successful.sort(), ...UNSUCCESSFUL].flatMap((outcome) => {
		const count = counts.get(outcome);
		const phrase = outcome === 'unknown' ? unknown : (PHRASES[outcome] ?? outcome);
		return count === undefined ? [] : [{ count, phrase }];
	});
	const nounOf = ({ phrase }: { phrase: string }) => (phrase === 'found' ? found : noun);
	const texts = parts.map((part, place) => {
		const { count, phrase } = part;
		const before = parts[place - 1];
		if (before && nounOf(before) === nounOf(part)) return `${count} ${phrase}`;
		const { one, many } = nounOf(part);
		return `${count} ${count === 1 ? one : many} ${phrase}`;
	});
	const type = counts.has('unknown') ? 'danger' : counts.has('rejected') ? 'warning' : 'info';
	return [{ type, message: `${texts.join(', ')}.` }];
}

function unmatchedHint<D extends Draft>({ outcomes, resource }: RunFacts<D>): Hint[] {
	const { length } = outcomes.unmatched;
	if (length === 0) return [];
	const names = outcomes.unmatched.flatMap((result) =>
		result.kind === 'approved' ? (resource.identity.of(result.view) ?? []) : [],
	);
	const named = names.length > 0 ? `: ${names.slice(0, MOST_NAMED).join(', ')}` : '';
	const fit = length === 1 ? 'result that fits' : 'results that fit';
	return [{ type: 'warning', message: `Perculus returned ${length} ${fit} no item${named}.` }];
}
