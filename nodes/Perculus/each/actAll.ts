import type { Run } from '../batch/contract';
import { crashed, notSent } from '../batch/outcome';
import type { Failure } from '../transport/responses';
import { eachAtOnce } from '../values/eachAtOnce';
import type { Answer, AskedItems, EachOperation, EachWork } from './contract';

/** Requests at the same time. */
const AT_ONCE = 4;

/**
 * Does what each item asks for, begun in the order of the items. After a failure that every other request would meet,
 * too, nothing further is begun.
 *
 * @throws when the user cancels the run
 */
export async function actAll<Subject>(
	asked: AskedItems<Subject>,
	{ act }: EachWork<Subject>,
	{ purpose }: EachOperation<Subject>,
	{ isCancelled }: Run,
): Promise<Answer[]> {
	let ending: Failure | undefined = asked.failure?.endsAll ? asked.failure : undefined;
	return await eachAtOnce(asked.each, AT_ONCE, async (one): Promise<Answer> => {
		if ('refused' in one) return { refused: one.refused };
		if (ending) return { refused: notSent(ending), failure: ending };
		try {
			const answer = await act(one.subject);
			if ('failure' in answer && answer.failure?.endsAll) ending ??= answer.failure;
			return answer;
		} catch (error) {
			if (isCancelled()) return await Promise.reject(error);
			return { refused: crashed(purpose === 'delete', error) };
		}
	});
}
