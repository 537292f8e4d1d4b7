import type { Draft, ReadItem, Resolutions, Resource } from '../contract';

/** Decides what each item is about; for most items that stands in the item itself, and nothing is looked up. */
export async function resolve<D extends Draft>(
	items: readonly ReadItem[],
	resource: Resource<D>,
): Promise<Resolutions> {
	return items.length > 0 ? await resource.resolve(items) : { each: [] };
}
