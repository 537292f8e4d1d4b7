import type { Draft, Resource } from '../contract';
import { invalid } from '../output/outcome';
import type { Outcomes } from './outcomes';

/**
 * The next drafts to send together: in order, as many as allowed, none with a key that another one in the request has,
 * since what the API does with two changes to one thing in one request is not documented.
 */
export function takeBatch<D extends Draft>(
	drafts: readonly D[],
	from: number,
	size: number,
	resource: Resource<D>,
	outcomes: Outcomes<D>,
): { batch: D[]; end: number } {
	const batch: D[] = [];
	const items = new Map<string, number>();
	let end = from;
	for (; end < drafts.length && batch.length < size; end++) {
		const draft = drafts[end] as D;
		const keys = resource.keys(draft);
		const taken = keys.find((key) => items.has(key));
		if (taken !== undefined) {
			outcomes.set(draft, invalid([resource.keyIssue(draft, items.get(taken) as number)]));
			continue;
		}
		for (const key of keys) items.set(key, draft.index);
		batch.push(draft);
	}
	return { batch, end };
}
