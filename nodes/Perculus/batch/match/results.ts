import type { IDataObject } from 'n8n-workflow';

import type { RejectedResult } from '../../transport/batchBody';
import { isObject } from '../../values/isObject';
import type { Answered, MatchRules } from './matchRules';

/**
 * Why a result is taken for an item's:
 * 'certain': by what it tells, it can be nobody else's;
 * 'lookalike': it could as well be that of an item that looks the same and fared otherwise;
 * 'exchangeable': the item was refused, that is certain, but the words may be another's;
 * 'eliminated': it calls itself otherwise, but no other item is left for it.
 */
export type Basis = 'certain' | 'lookalike' | 'exchangeable' | 'eliminated';

/** A result as an item gets it. */
export type Result =
	| {
			kind: 'approved';
			view: IDataObject;
			basis: Basis;
			/** Of one that was left over: the name under which it came back, null where it has none. */
			cameBackAs?: string | null;
	  }
	| { kind: 'rejected'; code: number | null; details: string[]; basis: Basis };

export interface Matched {
	/** One for each item, in order; undefined where the answer has none. */
	results: ReadonlyArray<Result | undefined>;
	/** Results that fit no item. */
	unmatched: Result[];
}

/** A result of the answer, and how it is called there. */
export class Got implements Answered {
	constructor(
		readonly result: Result,
		readonly model: IDataObject,
		readonly name: string | undefined,
		/** By the surest key that it tells; undefined where it tells none. */
		readonly identity: string | undefined,
	) {}

	get isApproved(): boolean {
		return this.result.kind === 'approved';
	}

	/** All that a person reads of it, but for a name or a key: results with the same may be swapped. */
	get outcomeKey(): string {
		const { result } = this;
		return result.kind === 'approved' ? '' : JSON.stringify([result.code, result.details]);
	}

	/** It tells nothing of whose it is. */
	get isNameless(): boolean {
		return this.name === undefined && this.identity === undefined;
	}
}

export const approvedResult = (view: IDataObject): Result => ({
	kind: 'approved',
	view,
	basis: 'certain',
});

export const rejectedResult = ({ code, details }: RejectedResult): Result => ({
	kind: 'rejected',
	code,
	details,
	basis: 'certain',
});

function identityOf<Draft>(
	model: IDataObject,
	keys: MatchRules<Draft>['exactKeys'],
): string | undefined {
	for (const { got } of keys) {
		const identity = got(model);
		if (identity !== undefined) return identity;
	}
	return undefined;
}

export function readResults<Draft>(
	approved: readonly unknown[],
	rejected: readonly RejectedResult[],
	{ exactKeys, gotName }: MatchRules<Draft>,
): Got[] {
	const read = (result: Result, model: IDataObject) =>
		new Got(result, model, gotName(model), identityOf(model, exactKeys));
	return [
		...approved.map((entry) => {
			const view = isObject(entry) ? (entry as IDataObject) : {};
			return read(approvedResult(view), view);
		}),
		...rejected.map((refusal) => read(rejectedResult(refusal), refusal.model ?? {})),
	];
}

/** The pairs that were found so far. */
export class Pairs<Draft> {
	readonly results = new Map<Draft, Result>();
	private readonly used = new Set<Got>();

	/** @param rest what is told of the pair beside its basis */
	add(
		draft: Draft,
		got: Got,
		basis: Basis = 'certain',
		rest: { cameBackAs?: string | null } = {},
	): void {
		this.results.set(draft, basis === 'certain' ? got.result : { ...got.result, ...rest, basis });
		this.used.add(got);
	}

	/** Takes the marks back: all that an item could have got is the same. */
	unmark(): void {
		for (const [draft, result] of this.results)
			if (result.basis !== 'certain') this.results.set(draft, { ...result, basis: 'eliminated' });
	}

	isLeft = (draft: Draft): boolean => !this.results.has(draft);

	isUnused = (got: Got): boolean => !this.used.has(got);
}
