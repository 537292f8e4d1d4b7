import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { EmitSettings } from '../batch/emit';
import type { Failure } from '../transport/responses';
import type { Answer, EachOperation } from './contract';

const REJECTED_INSTEAD =
	"To send such items to Rejected instead, set 'On Error' to 'Continue' in the settings of this node.";

/**
 * Throws where the user expects the workflow to stop. Not when something was deleted: it would be lost from sight.
 *
 * @param failure of a request of this run, the first
 * @returns why the run goes on, if a request failed and the node is to stop then
 */
export function stopOrGoOn<Subject>(
	context: IExecuteFunctions,
	answers: readonly Answer[],
	failure: Failure | undefined,
	{ purpose, noun }: EachOperation<Subject>,
	{ hide }: Pick<EmitSettings, 'hide'>,
): string | undefined {
	if (!failure || context.continueOnFail()) return undefined;
	const done = answers.filter((answer) => 'items' in answer).length;
	if (purpose === 'delete' && done > 0) {
		return `Some ${noun.many} were deleted before a request was unsuccessful. The rest went to Rejected. ${failure.message}`;
	}
	const unknown = answers.filter(
		(answer) => 'refused' in answer && answer.refused.kind === 'unknown',
	).length;
	const itemIndex = answers.findIndex(
		(answer) => 'refused' in answer && answer.refused.requestFailed,
	);
	const message = hide(failure.message);
	throw new NodeApiError(
		context.getNode(),
		{ message },
		{
			message,
			description:
				unknown > 0
					? `${unknown} of ${answers.length} ${noun.many} may or may not have been deleted. Running this node again deletes what is still there.`
					: `${purpose === 'delete' ? `No ${noun.one} was deleted. ` : ''}${REJECTED_INSTEAD}`,
			...(failure.status !== null && { httpCode: String(failure.status) }),
			...(itemIndex >= 0 && { itemIndex }),
		},
	);
}
