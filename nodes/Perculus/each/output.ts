import { emitRefused, type EmitSettings, type Outputs } from '../batch/output/emit';
import type { Run } from '../batch/contract';
import { credentialSecrets } from '../transport/client';
import { redact } from '../transport/redact';
import type { Answer, AskedItems, EachOperation } from './contract';
import { addHints } from './hints';
import { stopOrGoOn } from './stop';
import { inOwnWords } from './words';

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
		hide: (text) => redact(text, secrets),
	};
	const failure =
		asked.failure ?? answers.flatMap((one) => ('failure' in one ? (one.failure ?? []) : []))[0];
	const goesOnBecause = stopOrGoOn(context, answers, failure, operation, settings);
	addHints({ context }, asked, answers, operation, goesOnBecause, settings);

	const outputs: Outputs = [[], []];
	answers.forEach((answer, index) => {
		if ('items' in answer) {
			for (const json of answer.items) outputs[0].push({ json, pairedItem: { item: index } });
			return;
		}
		const subject = asked.each[index]?.shown ?? operation.unread;
		const shown = { index, json: items[index]?.json ?? {}, subject };
		emitRefused(outputs, shown, inOwnWords(answer.refused), settings);
	});
	return outputs;
}
