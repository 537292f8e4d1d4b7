import { emitRefused, type EmitSettings, type Outputs } from '../batch/emit';
import type { Run } from '../batch/contract';
import type { Refused } from '../batch/outcome';
import { countsHint, toPane, type Hint } from '../batch/hints';
import { credentialSecrets } from '../transport/client';
import { redactSecrets } from '../transport/secrets';
import type { Answer, AskedItems, EachOperation } from './contract';
import { inGivenName } from './locate';
import { stopOrGoOn } from './stop';

/**
 * The items on their outputs, and what the person is told of the run.
 *
 * @throws NodeApiError when a request failed, and the node is to stop then
 */
export async function output<Subject>(
	asked: AskedItems<Subject>,
	answers: readonly Answer[],
	operation: EachOperation<Subject>,
	{ context, items, isTool }: Run,
): Promise<Outputs> {
	const secrets = await credentialSecrets(context);
	const settings: EmitSettings = {
		onError: context.getNode().onError,
		includeInput: false,
		isTool,
		noun: operation.noun,
		hide: (text) => redactSecrets(text, secrets),
	};
	const failure =
		asked.failure ?? answers.flatMap((one) => ('failure' in one ? (one.failure ?? []) : []))[0];
	const goesOnBecause = stopOrGoOn(context, answers, failure, operation, settings);
	const hints = toPane(hintsOf(answers, operation, goesOnBecause), settings);
	// Missing in older versions of n8n.
	if (hints.length > 0) context.addExecutionHints?.(...hints);

	const outputs: Outputs = [[], []];
	answers.forEach((answer, index) => {
		if ('items' in answer) {
			for (const json of answer.items) outputs[0].push({ json, pairedItem: { item: index } });
			return;
		}
		const subject = asked.each[index]?.shown ?? operation.unread;
		const shown = { index, json: items[index]?.json ?? {}, subject };
		const refused = withDeleteAdvice(inGivenName(answer.refused, subject));
		emitRefused(outputs, shown, refused, settings);
	});
	return outputs;
}

const OUTCOMES = { read: 'found', delete: 'deleted' };

function hintsOf<Subject>(
	answers: readonly Answer[],
	{ noun, purpose }: EachOperation<Subject>,
	goesOnBecause: string | undefined,
): Hint[] {
	const hints: Hint[] = [];
	if (goesOnBecause !== undefined) hints.push({ type: 'danger', message: goesOnBecause });
	const outcomes = answers.flatMap((answer) =>
		'items' in answer ? answer.items.map(() => OUTCOMES[purpose]) : [answer.refused.kind],
	);
	// The output itself shows what was found.
	if (purpose === 'delete' || answers.some((answer) => 'refused' in answer))
		hints.push(...countsHint(outcomes, noun, 'may or may not have been deleted'));
	return hints;
}

/** Only of a delete it can be unknown what became of it. */
const withDeleteAdvice = (refused: Refused): Refused =>
	refused.kind === 'unknown'
		? {
				...refused,
				todo: 'Check in Perculus whether it is still there. Deleting it again does no harm.',
			}
		: refused;
