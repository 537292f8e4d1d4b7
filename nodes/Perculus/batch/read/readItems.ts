import type { ReadItem, Run } from '../contract';
import type { Catalogue } from './catalogue';
import { itemReader } from './readItem';

/** What every item says, by its own keys or by the mapping. */
export function read({ context, items, isTool }: Run, catalogue: Catalogue): ReadItem[] {
	const readItem = itemReader(context, catalogue, isTool);
	return items.map(({ json }, index) => {
		const { record, issues, unused } = readItem(index, json);
		return { index, json, record, issues, unused };
	});
}
