import type { IDataObject } from 'n8n-workflow';

import { groupBy } from '../../../values/groupBy';
import type { SessionDraft } from '../session';
import { ComparableIndex, comparableKey, type Bucket } from './comparableIndex';

/** Of sessions that look like several kinds, so many are enough: they are in doubt anyway. */
const ENOUGH = 10;

/** Lost creates that are recognised by the same values, and the sessions that look like them. */
export interface Kind {
	drafts: readonly SessionDraft[];
	/** Sessions that look like these alone. */
	views: IDataObject[];
	/** Sessions that look like others, too: the first of them. */
	shared(): IDataObject[];
}

/** What a look has found, put down to the creates that are lost. */
export class Finds {
	readonly kinds: readonly Kind[];
	private shared = new Map<Bucket<Kind>, IDataObject[]>();

	constructor(lost: readonly SessionDraft[], views: readonly IDataObject[]) {
		const index = new ComparableIndex<Kind>();
		this.kinds = [...groupBy(lost, comparableKey).values()].map((drafts) => {
			const buckets: Array<Bucket<Kind>> = [];
			const shared = () =>
				buckets.flatMap((bucket) => this.shared.get(bucket)?.slice(0, ENOUGH) ?? []);
			const kind: Kind = { drafts, views: [], shared };
			buckets.push(...index.add(drafts[0] as SessionDraft, kind));
			return kind;
		});
		for (const view of views) this.put(view, index.find(view));
	}

	/** Whether a session that looks like one kind alone is so. */
	someOwn(isSo: (view: IDataObject) => boolean): boolean {
		return this.kinds.some(({ views }) => views.some(isSo));
	}

	/** Leaves out the sessions that cannot be a lost one. */
	keep(isPossible: (view: IDataObject) => boolean): void {
		for (const kind of this.kinds) kind.views = kind.views.filter(isPossible);
		for (const [bucket, views] of this.shared) this.shared.set(bucket, views.filter(isPossible));
	}

	private put(view: IDataObject, buckets: ReadonlyArray<Bucket<Kind>>): void {
		const [only] = buckets;
		if (buckets.length === 1 && only?.length === 1) {
			only[0]?.views.push(view);
			return;
		}
		for (const bucket of buckets) {
			const shared = this.shared.get(bucket);
			if (shared) shared.push(view);
			else this.shared.set(bucket, [view]);
		}
	}
}
