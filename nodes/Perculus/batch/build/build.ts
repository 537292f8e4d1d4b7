import {
	isDraft,
	type Built,
	type Draft,
	type ReadItem,
	type Resolutions,
	type Resource,
} from '../contract';
import { lookupFailed } from '../resolve/refusals';

/** What can be sent for each item, or why it is not sent. */
export function build<D extends Draft>(
	items: readonly ReadItem[],
	{ each, failure }: Resolutions,
	resource: Resource<D>,
): Array<Built<D>> {
	return items.map((item, place) => {
		const resolution = each[place] ?? { subject: { kind: 'undecided' } };
		const built = resource.build(item, resolution);
		const refused = resolution.refused ?? (failure && lookupFailed(failure));
		if (!refused || !isDraft(built)) return built;
		return { index: item.index, input: resource.toInput(built), refused };
	});
}
