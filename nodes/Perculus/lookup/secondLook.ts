import { lookUntil } from '../transport/lookUntil';
import type { Transport } from '../transport/transport';
import { findReferences } from './findReferences';
import type { AccountMemory } from './memory';
import type { Finding } from './referenceIndex';
import type { SessionSearch } from './sessionSearch';

/** A session that this run has made under a reference. */
export interface MadeSession {
	reference: string;
	guid: string;
}

/** What a person has to know of a session that was made. */
export interface Look {
	/** Several sessions have its reference, the search does not find it, or it could not be looked for. */
	kind: 'several' | 'missed' | 'unread';
	text: string;
}

/** So many GUIDs are named at most. */
const MOST_NAMED = 10;

/**
 * Looks at what was made under references, since somebody else may have made one in the same moment, and since the
 * account's search may not find it the next time.
 *
 * @returns by GUID what a person has to know of it; most sessions are not in it
 */
export async function lookAgain(
	made: readonly MadeSession[],
	search: SessionSearch,
	memory: AccountMemory,
	transport: Transport,
): Promise<Map<string, Look>> {
	const looks = new Map<string, Look>();
	let missing = made;
	let findings = new Map<string, Finding>();
	await lookUntil(transport, async () => {
		const references = missing.map(({ reference }) => reference);
		findings = await findReferences(references, search, memory, { withRemembered: false });
		if (search.failure) return true;
		for (const one of missing) {
			const guids = guidsIn(findings.get(one.reference), one.guid);
			if (guids.length > 1) {
				looks.set(one.guid, { kind: 'several', text: severalText(one.reference, guids) });
			}
		}
		missing = missing.filter(({ reference, guid }) => !isSeen(findings.get(reference), guid));
		return missing.length === 0;
	});
	for (const { reference, guid } of missing) {
		const isUnread = search.failure !== undefined || findings.get(reference)?.kind === 'incomplete';
		if (!isUnread) memory.hasMissed = true;
		if (looks.has(guid)) continue;
		const kind = isUnread ? 'unread' : 'missed';
		looks.set(guid, { kind, text: isUnread ? unreadText(reference) : missedText(reference) });
	}
	return looks;
}

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The sessions that a finding knows, and the one that was made. */
function guidsIn(finding: Finding | undefined, made: string): string[] {
	const found =
		finding?.kind === 'one' ? [finding.guid] : finding?.kind === 'several' ? finding.guids : [];
	return [made, ...found.filter((guid) => !isSame(guid, made))];
}

function isSeen(finding: Finding | undefined, made: string): boolean {
	if (finding?.kind === 'one') return isSame(finding.guid, made);
	return finding?.kind === 'several' && finding.guids.some((guid) => isSame(guid, made));
}

const severalText = (reference: string, guids: readonly string[]) =>
	`Perculus has ${guids.length} sessions with the reference ${reference} now: ${guids.slice(0, MOST_NAMED).join(', ')}. Keep one of them and delete the others, or the reference cannot be used again.`;

const missedText = (reference: string) =>
	`The session was made, but the search of this account does not find it by its reference ${reference}. Sent again after ten minutes or from another worker, it may be made a second time.`;

const unreadText = (reference: string) =>
	`The session was made, but whether it is the only one with the reference ${reference} could not be looked up. Look in Perculus.`;
