import type { IDataObject } from 'n8n-workflow';

import type { Recovery } from '../../../batch/contract';
import type { Approved } from '../../../batch/output/outcome';
import { MOST_CANDIDATES } from '../../../batch/resolve/refusals';
import { findReferences } from '../../../lookup/findReferences';
import { memoryOf } from '../../../lookup/memory';
import { SessionSearch } from '../../../lookup/sessionSearch';
import { lookUntil } from '../../../transport/lookUntil';
import type { Transport } from '../../../transport/transport';
import { SESSION_CATALOGUE } from '../fields';
import type { SessionDraft } from '../session';

const { plainKeys } = SESSION_CATALOGUE;

/** A create that has a reference. */
export type ReferencedDraft = SessionDraft & { reference: string };

export const hasReference = (draft: SessionDraft): draft is ReferencedDraft =>
	draft.reference !== undefined;

/**
 * Looks for creates whose answer was lost, by their references: before they were sent there was none, so the one that is
 * there now is theirs. Clocks play no part.
 *
 * @param account tells accounts apart
 * @param approve the outcome of a draft whose session is found
 */
export async function recoverByReference(
	lost: readonly ReferencedDraft[],
	transport: Transport,
	account: string,
	approve: (draft: SessionDraft, view: IDataObject) => Approved,
): Promise<Recovery<SessionDraft>> {
	const recovery: Recovery<SessionDraft> = { found: new Map(), candidates: new Map() };
	if (lost.length === 0) return recovery;
	let missing = lost;
	await lookUntil(transport, async () => {
		const search = new SessionSearch(transport, account, plainKeys);
		const references = missing.map(({ reference }) => reference);
		const findings = await findReferences(references, search, memoryOf(account), {
			withRemembered: false,
		});
		// Nothing is known then; the next look may come about.
		if (search.failure) return false;
		missing = missing.filter((draft) => {
			const finding = findings.get(draft.reference);
			if (finding?.kind === 'one') {
				recovery.found.set(draft, { ...approve(draft, finding.view), recovered: true });
			} else if (finding?.kind === 'several') {
				recovery.candidates.set(draft, {
					guids: finding.guids.slice(0, MOST_CANDIDATES),
					details: [],
				});
			}
			return finding?.kind !== 'one' && finding?.kind !== 'several';
		});
		return missing.length === 0;
	});
	return recovery;
}
