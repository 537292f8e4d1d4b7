import type { IDataObject } from 'n8n-workflow';

import type { RejectedResult } from '../../transport/batchBody';
import { isObject } from '../../values/isObject';
import type { MatchRules } from './matchRules';
import { approvedResult, rejectedResult, type Matched, type Result } from './results';

const isModel = (value: unknown): value is IDataObject => isObject(value);

/**
 * Pairs results with items by what is as sure as can be: the identity of what exists, a name that no other item has.
 * Most answers need nothing else; undefined where there is anything to doubt, and all is to be looked at together.
 */
export function matchPlainly<Draft>(
	drafts: readonly Draft[],
	approved: readonly unknown[],
	rejected: readonly RejectedResult[],
	{ exactKeys, sentName, gotName }: MatchRules<Draft>,
): Matched<Draft> | undefined {
	if (approved.length + rejected.length !== drafts.length) return undefined;
	const [identity] = exactKeys;
	const byIdentity = new Map<string | undefined, Draft>();
	const byName = new Map<string | undefined, Draft>();
	for (const draft of drafts) {
		const own = identity?.sent(draft);
		if (own === undefined) byName.set(sentName(draft), draft);
		else byIdentity.set(own, draft);
	}
	if (byIdentity.size + byName.size !== drafts.length || byName.has(undefined)) return undefined;

	const results = new Map<Draft, Result>();
	const pair = (own: string | undefined, model: IDataObject, result: Result): boolean => {
		const draft = byIdentity.get(own) ?? byName.get(gotName(model));
		if (!draft || results.has(draft)) return false;
		results.set(draft, result);
		return true;
	};
	const identities = new Set<string | undefined>();
	for (const view of approved) {
		if (!isModel(view)) return undefined;
		const own = identity?.got(view);
		identities.add(own);
		if (!pair(own, view, approvedResult(view))) return undefined;
	}
	// What exists is given to one item only, whatever the answer says.
	if (identities.size !== approved.length) return undefined;
	for (const refusal of rejected) {
		const { model } = refusal;
		if (!model || !pair(identity?.got(model), model, rejectedResult(refusal))) return undefined;
	}
	return { results, missing: [], unmatched: [] };
}
