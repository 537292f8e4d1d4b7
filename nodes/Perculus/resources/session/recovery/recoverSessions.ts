import type { IDataObject } from 'n8n-workflow';

import type { Recovery, Run } from '../../../batch/contract';
import { approved, type Approved } from '../../../batch/output/outcome';
import type { Failure } from '../../../transport/reply';
import type { Transport } from '../../../transport/transport';
import { checkSession } from '../check';
import { guidIn } from '../compare/identity';
import type { ReferenceLookup } from '../references/lookup';
import { hasReference, recoverByReference } from '../references/recover';
import type { SessionDraft } from '../session';
import { claim } from './claimedSessions';
import { recoverCreates } from './recover';

/**
 * Looks for creates whose answer was lost: by their references where they have one, else, unless the option 'Recover
 * Unknown' is off, by all that was sent.
 */
export async function recoverSessions(
	lost: readonly SessionDraft[],
	failure: Failure,
	transport: Transport,
	{ account, options }: Run,
	lookup: ReferenceLookup,
): Promise<Recovery<SessionDraft>> {
	const approve = (draft: SessionDraft, view: IDataObject): Approved => {
		claim(view, transport.now());
		const guid = guidIn(view);
		if (draft.reference !== undefined && guid !== undefined) lookup.note(draft.reference, guid);
		return approved(view, draft.warnings, checkSession(draft, view));
	};
	const byReference = await recoverByReference(
		lost.filter(hasReference),
		transport,
		account,
		approve,
	);
	const others = lost.filter((draft) => !hasReference(draft));
	if (others.length === 0 || options.recoverUnknown === false) return byReference;

	const { found, candidates } = await recoverCreates(others, failure, transport, account);
	return {
		found: new Map([...byReference.found, ...found]),
		candidates: new Map([...byReference.candidates, ...candidates]),
	};
}
