import type { Draft, Resource, Run } from '../contract';
import { wouldBeSaved } from '../output/outcome';
import type { Outcomes } from './outcomes';
import { takeBatch } from './takeBatch';
import { groupBy } from '../../values/groupBy';

/** What sending would do, as far as it can be told without: every draft would go, save what a request may hold only once. */
export function dryRun<D extends Draft>(
	drafts: readonly D[],
	resource: Resource<D>,
	{ batchSize }: Run,
	outcomes: Outcomes<D>,
): Outcomes<D> {
	for (const group of groupBy(drafts, (draft) => resource.endpoint(draft)).values()) {
		for (let next = 0; next < group.length;) {
			const { batch, end } = takeBatch(group, next, batchSize, resource, outcomes);
			for (const draft of batch) outcomes.set(draft, wouldBeSaved(draft.warnings));
			next = end;
		}
	}
	return outcomes;
}
