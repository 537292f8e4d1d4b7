import type { IDataObject } from 'n8n-workflow';

import type { RejectedResult } from '../../transport/batchBody';
import { isObject } from '../../values/isObject';
import type { MatchRules } from './matchRules';
import { approvedResult, rejectedResult, type Matched, type Result } from './results';

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
	const pair = (model: unknown, result: Result): boolean => {
		if (!isObject(model)) return false;
		const own = byIdentity.size > 0 ? identity?.got(model as IDataObject) : undefined;
		const draft = byIdentity.get(own) ?? byName.get(gotName(model as IDataObject));
		if (!draft || results.has(draft)) return false;
		results.set(draft, result);
		return true;
	};
	const identities = new Set<unknown>();
	for (const view of approved) {
		// What exists is given to one item only, whatever the answer says.
		identities.add(isObject(view) ? identity?.got(view as IDataObject) : undefined);
		if (!pair(view, approvedResult(view as IDataObject))) return undefined;
	}
	for (const refusal of rejected) {
		if (!pair(refusal.model, rejectedResult(refusal))) return undefined;
	}
	return identities.size === approved.length ? { results, missing: [], unmatched: [] } : undefined;
}
