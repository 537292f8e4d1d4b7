import { normalGuid } from '../values/text';
import { findReferences, type Finding } from './lookup';
import type { SearchContext } from './search';

/** Seconds after sending: a slow search may not show yet what was saved. */
const SEARCHES_AT = [0, 2, 6];

const MOST_NAMED = 10;

/** A session that this run created with a reference. */
export interface CreatedSession {
	reference: string;
	guid: string;
}

/**
 * Searches for references at once, after 2 and after 6 seconds, until all are found.
 *
 * @returns what wasn't found, and whether the last search succeeded
 */
async function searchUntilFound<T extends { reference: string }>(
	context: SearchContext,
	wanted: readonly T[],
	isFound: (one: T, finding: Finding) => boolean,
): Promise<{ missing: readonly T[]; isSearched: boolean }> {
	const { transport } = context;
	const began = transport.now();
	let missing = wanted;
	let isSearched = true;
	for (const second of SEARCHES_AT) {
		if (missing.length === 0) break;
		if (second > 0) await transport.wait(Math.max(0, began + second * 1000 - transport.now()));
		const references = missing.map(({ reference }) => reference);
		const found = await findReferences(context, references, { withRemembered: false });
		isSearched = found.failure === undefined;
		missing = missing.filter((one) => {
			const finding = found.findings.get(one.reference);
			return finding === undefined || !isFound(one, finding);
		});
		if (found.failure?.endsAll) break;
	}
	return { missing, isSearched };
}

const guidsIn = (finding: Finding): string[] =>
	finding.kind === 'one' ? [finding.guid] : finding.kind === 'several' ? finding.guids : [];

/**
 * Searches again for sessions that were created: another run may have created the same one at the same moment, and the
 * account's search may not find it the next time.
 *
 * @returns warnings, by GUID; most sessions have none
 */
export async function verifyCreated(
	context: SearchContext,
	created: readonly CreatedSession[],
): Promise<Map<string, string>> {
	const warnings = new Map<string, string>();
	const unread = new Set<CreatedSession>();
	const { missing, isSearched } = await searchUntilFound(context, created, (one, finding) => {
		const found = guidsIn(finding);
		const others = found.filter((guid) => normalGuid(guid) !== normalGuid(one.guid));
		if (others.length > 0) warnings.set(one.guid, severalText(one, others));
		if (finding.kind === 'incomplete') unread.add(one);
		return others.length < found.length;
	});
	for (const one of missing) {
		if (warnings.has(one.guid)) continue;
		const isRead = isSearched && !unread.has(one);
		warnings.set(one.guid, isRead ? missedText(one) : unreadText(one));
	}
	return warnings;
}

/**
 * Searches for creates whose response was lost. None had their reference before they were sent, so the one that has it
 * now is theirs.
 *
 * @returns what was found of each; those that weren't found aren't in it
 */
export async function recoverByReference<T extends { reference: string }>(
	context: SearchContext,
	lost: readonly T[],
): Promise<Map<T, Extract<Finding, { kind: 'one' | 'several' }>>> {
	const found = new Map<T, Extract<Finding, { kind: 'one' | 'several' }>>();
	await searchUntilFound(context, lost, (one, finding) => {
		if (finding.kind !== 'one' && finding.kind !== 'several') return false;
		found.set(one, finding);
		return true;
	});
	return found;
}

const severalText = ({ reference, guid }: CreatedSession, others: readonly string[]) =>
	`Perculus has ${others.length + 1} sessions with the reference ${reference} now: ${[guid, ...others].slice(0, MOST_NAMED).join(', ')}. Keep one of them and delete the others, or the reference can't be used again.`;

const missedText = ({ reference }: CreatedSession) =>
	`The session was created, but the search of Perculus does not find it by its reference ${reference}. If it is sent again after ten minutes or from another worker, it may be created twice.`;

const unreadText = ({ reference }: CreatedSession) =>
	`The session was created, but whether it is the only one with the reference ${reference} could not be looked up. Check it in Perculus.`;
