import type { IDataObject } from 'n8n-workflow';

import { isObject, type RejectedResult } from '../../transport/batchBody';
import { guidOf } from '../../resources/session/comparable';
import type { Matched, Result } from './matchResults';
import type { Draft } from '../../resources/session/session';

/**
 * Pairs results with items by what is as sure as can be: the GUID of an update, a name that no other create has. Most
 * answers need nothing else; undefined where there is anything to doubt, and all is to be looked at together.
 */
export function matchPlainly(
	drafts: readonly Draft[],
	approved: readonly unknown[],
	rejected: readonly RejectedResult[],
): Matched | undefined {
	if (approved.length + rejected.length !== drafts.length) return undefined;
	const owners = new Map<unknown, Draft>();
	for (const draft of drafts) owners.set(draft.guid ?? draft.request.name, draft);
	if (owners.size !== drafts.length) return undefined;

	const hasUpdates = drafts.some(({ guid }) => guid !== undefined);
	const results = new Map<Draft, Result>();
	const give = (model: unknown, result: Result): boolean => {
		if (!isObject(model)) return false;
		const guid = hasUpdates ? guidOf(model) : undefined;
		const owner = (guid === undefined ? undefined : owners.get(guid)) ?? owners.get(model.name);
		if (!owner || results.has(owner)) return false;
		if (owner.guid !== undefined && owner.guid !== guid) return false;
		results.set(owner, result);
		return true;
	};
	const guids = new Set<unknown>();
	for (const view of approved) {
		// A session is given to one item only, whatever the answer says.
		if (isObject(view)) guids.add(view.session_guid);
		const result = { kind: 'approved', view: view as IDataObject, ambiguous: false } as const;
		if (!give(view, result)) return undefined;
	}
	for (const { model, code, details } of rejected) {
		if (!give(model, { kind: 'rejected', code, details, ambiguous: false })) return undefined;
	}
	return guids.size === approved.length ? { results, missing: [], unmatched: [] } : undefined;
}
