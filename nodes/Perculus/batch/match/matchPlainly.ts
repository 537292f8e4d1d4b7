import type { IDataObject } from 'n8n-workflow';

import type { RejectedResult } from '../../transport/batchBody';
import { isObject } from '../../values/isObject';
import type { MatchRules } from './matchRules';
import { approvedResult, rejectedResult, type Matched, type Result } from './results';

const isModel = (value: unknown): value is IDataObject => isObject(value);

/**
 * Pairs results with items by what is as sure as can be: a key of what exists, a name that no other item has.
 * Most answers need nothing else; undefined where there is anything to doubt, and all is to be looked at together.
 */
export function matchPlainly<Draft>(
	drafts: readonly Draft[],
	approved: readonly unknown[],
	rejected: readonly RejectedResult[],
	{ exactKeys, sentName, gotName }: MatchRules<Draft>,
): Matched | undefined {
	if (approved.length + rejected.length !== drafts.length) return undefined;
	const keys = exactKeys
		.filter(({ isIdentity }) => isIdentity)
		.map((key) => ({ ...key, places: new Map<string | undefined, number>() }));
	const byName = new Map<string | undefined, number>();
	drafts.forEach((draft, place) => {
		const key = keys.find(({ sent }) => sent(draft) !== undefined);
		if (key) key.places.set(key.sent(draft), place);
		else byName.set(sentName(draft), place);
	});
	const known = keys.reduce((sum, { places }) => sum + places.size, byName.size);
	if (known !== drafts.length || byName.has(undefined)) return undefined;

	const results: Array<Result | undefined> = drafts.map(() => undefined);
	const used = keys.filter(({ places }) => places.size > 0);
	/** @returns undefined where it is nobody's, or where its keys are those of different drafts */
	const placeOf = (model: IDataObject): number | undefined => {
		let known: number | undefined;
		for (const { places, got } of used) {
			const place = places.get(got(model));
			if (known !== undefined && place !== undefined) return undefined;
			known ??= place;
		}
		return known ?? (byName.size > 0 ? byName.get(gotName(model)) : undefined);
	};
	/** @returns false where the result is nobody's, or the draft has one already */
	const pair = (model: IDataObject, result: Result): boolean => {
		const place = placeOf(model);
		if (place === undefined || results[place]) return false;
		results[place] = result;
		return true;
	};
	for (const view of approved) {
		if (!isModel(view) || !pair(view, approvedResult(view))) return undefined;
	}
	// What exists is given to one item only, whatever the answer says; where one key tells all, that is so already.
	const [surest] = keys;
	if (surest && (byName.size > 0 || used.length > 1)) {
		const identities = new Set(approved.map((view) => surest.got(view as IDataObject)));
		if (identities.size !== approved.length) return undefined;
	}
	for (const refusal of rejected) {
		if (!refusal.model || !pair(refusal.model, rejectedResult(refusal))) return undefined;
	}
	return { results, unmatched: [] };
}
