import type { NodeExecutionHint } from 'n8n-workflow';

import { wordsOf } from '../../errors/words';
import type { Noun } from '../contract';
import { isUpdate } from '../../resources/session/session';
import type { Result } from '../match/results';
import { isForError, type EmitSettings, type Settled } from './emit';
import type { Refused } from './outcome';

/** From here on a smaller batch is suggested: how many sessions Perculus takes in one request is not documented. */
const LARGE_RUN = 500;
/** So many GUIDs are named at most. */
const MOST_GUIDS = 10;

export interface RunFacts {
	settled: readonly Settled[];
	unmatched: readonly Result[];
	batchSize: number;
	/** The workflow's zone. */
	workflowZone: string;
	/** Whether an item may be created or updated: only then it is news which of the two it was. */
	isUpsert: boolean;
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
export function hintsOf(facts: RunFacts, settings: Settings): NodeExecutionHint[] {
	const { settled, batchSize, goesOnBecause } = facts;
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
	addRefused(refused.filter((outcome) => !isForError(outcome, settings)));
	addRefused(
		refused.filter((outcome) => isForError(outcome, settings)),
		'At Error: ',
	);
	add('warning', strangers(facts));
	add('warning', needALook(facts, noun));
	add('info', saved(facts, noun));
	add('info', assumedZone(facts));
	const sent = settled.length - refused.filter(({ isSent }) => !isSent).length;
	if (sent > LARGE_RUN && batchSize === 0) {
		add(
			'info',
			`${sent} ${noun.many} were sent in as few requests as possible. If Perculus takes long to answer, set the option 'Batch Size'.`,
		);
	}
	return hints;
}

function strangers({ unmatched }: RunFacts): string | undefined {
	if (unmatched.length === 0) return undefined;
	const guids = unmatched.flatMap((result) =>
		result.kind === 'approved' && typeof result.view.session_guid === 'string'
			? [result.view.session_guid]
			: [],
	);
	const named = guids.length > 0 ? `: ${guids.slice(0, MOST_GUIDS).join(', ')}` : '';
	return `Perculus answered with ${count(unmatched.length, RESULT)} that ${unmatched.length === 1 ? 'fits' : 'fit'} no item${named}.`;
}

function needALook({ settled }: RunFacts, noun: Noun): string | undefined {
	const warned = settled.filter(
		({ outcome }) => outcome.kind === 'approved' && outcome.warnings.length > 0,
	).length;
	if (warned === 0) return undefined;
	return `${warned} approved ${warned === 1 ? `${noun.one} needs` : `${noun.many} need`} a look: see 'warnings' on the item.`;
}

function saved({ settled, isUpsert }: RunFacts, noun: Noun): string | undefined {
	const approved = settled.filter(({ outcome }) => outcome.kind === 'approved');
	if (!isUpsert || approved.length === 0) return undefined;
	const updated = approved.filter(({ built }) => isUpdate(built)).length;
	return `${count(approved.length - updated, noun)} created, ${updated} updated.`;
}

function assumedZone({ settled, workflowZone }: RunFacts): string | undefined {
	const isAssumed = settled.some(
		({ built, outcome }) =>
			outcome.kind === 'approved' &&
			!isUpdate(built) &&
			'start' in built &&
			built.start?.assumedZone === true,
	);
	return isAssumed
		? `Items without a time zone were taken to be in ${workflowZone}, the workflow's time zone. To choose another, set 'Default Time Zone' or map 'Time Zone'.`
		: undefined;
}
