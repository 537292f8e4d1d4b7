import type { Draft, Resource } from './contract';
import { invalid } from './outcome';
import type { Outcomes } from './outcomes';

/** The item that has one of these keys already. */
function earlierItem(
	keys: readonly string[],
	items: ReadonlyMap<string, number>,
): number | undefined {
	for (const key of keys) {
		const item = items.get(key);
		if (item !== undefined) return item;
	}
	return undefined;
}

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
		const earlier = earlierItem(draft.keys, items);
		if (earlier !== undefined) {
			outcomes.set(draft, invalid([resource.duplicateIssue(earlier)]));
			continue;
		}
		for (const key of draft.keys) items.set(key, draft.index);
		batch.push(draft);
	}
	return { batch, end };
}
