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
): Matched<Draft> | undefined {
	if (approved.length + rejected.length !== drafts.length) return undefined;
	const keys = exactKeys
		.filter(({ isIdentity }) => isIdentity)
		.map((key) => ({ ...key, owners: new Map<string | undefined, Draft>() }));
	const byName = new Map<string | undefined, Draft>();
	for (const draft of drafts) {
		const key = keys.find(({ sent }) => sent(draft) !== undefined);
		if (key) key.owners.set(key.sent(draft), draft);
		else byName.set(sentName(draft), draft);
	}
	const known = keys.reduce((sum, { owners }) => sum + owners.size, byName.size);
	if (known !== drafts.length || byName.has(undefined)) return undefined;

	const results = new Map<Draft, Result>();
	const [surest, ...rest] = keys;
	const others = rest.filter(({ owners }) => owners.size > 0);
	/** @param own by the surest key */
	const ownerOf = (own: string | undefined, model: IDataObject): Draft | undefined => {
		let owner = surest?.owners.get(own);
		for (const { owners, got } of others) owner ??= owners.get(got(model));
		return owner ?? (byName.size > 0 ? byName.get(gotName(model)) : undefined);
	};
	const pair = (own: string | undefined, model: IDataObject, result: Result): boolean => {
		const draft = ownerOf(own, model);
		if (!draft || results.has(draft)) return false;
		results.set(draft, result);
		return true;
	};
	const identities = new Set<string | undefined>();
	for (const view of approved) {
		if (!isModel(view)) return undefined;
		const own = surest?.got(view);
		identities.add(own);
		if (!pair(own, view, approvedResult(view))) return undefined;
	}
	// What exists is given to one item only, whatever the answer says.
	if (identities.size !== approved.length) return undefined;
	for (const refusal of rejected) {
		const { model } = refusal;
		if (!model || !pair(surest?.got(model), model, rejectedResult(refusal))) return undefined;
	}
	return { results, missing: [], unmatched: [] };
}
