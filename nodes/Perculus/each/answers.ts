import { failed, refuse } from '../batch/outcome';
import type { SingleReply } from '../transport/responses';
import type { Answer } from './contract';

/** What an item's request came to that brought no answer: the API's word against it, or a failed request. */
export function unsuccessful(reply: Exclude<SingleReply, { kind: 'answer' }>): Answer {
	return reply.kind === 'failed'
		? { refused: failed(reply), failure: reply }
		: { refused: refuse(reply.code, reply.details) };
}
