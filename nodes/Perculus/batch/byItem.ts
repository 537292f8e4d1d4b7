/** Something that came from an input item. */
interface FromItem {
	/** Index of the item. */
	index: number;
}

/** A value for each item: what a Map from drafts would be, at a fraction of its cost. */
export class ByItem<T> {
	private readonly list: Array<T | undefined>;

	/** @param items how many input items there are at most */
	constructor(items: number) {
		this.list = new Array<T | undefined>(items);
	}

	get({ index }: FromItem): T | undefined {
		return this.list[index];
	}

	set({ index }: FromItem, value: T): void {
		this.list[index] = value;
	}

	has({ index }: FromItem): boolean {
		return this.list[index] !== undefined;
	}

	values(): T[] {
		return this.list.filter((value): value is T & {} => value !== undefined);
	}
}
