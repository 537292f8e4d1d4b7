import type { Failure } from '../transport/reply';
import { convert, isEmpty } from '../values/convert/convert';
import type { Reading } from '../values/reading';
import { findReferences } from './findReferences';
import type { AccountMemory } from './memory';
import { referenceIssue } from './reference';
import type { Finding } from './referenceIndex';
import type { SessionSearch } from './sessionSearch';

/** How a session is named: by its GUID, or by the person's own reference. */
export type NamedBy = 'guid' | 'reference';

/** What became of a name. */
export type Located =
	| { kind: 'session'; guid: string; reference?: string }
	/** It names none: a sentence on it. */
	| { kind: 'issue'; issue: string }
	| { kind: 'none'; reference: string }
	/** More than one, or one whose reference differs in the case of letters. */
	| { kind: 'several'; reference: string; guids: string[] }
	/** The search could not be read to its end. */
	| { kind: 'incomplete'; reference: string }
	/** The search did not come about. */
	| { kind: 'failed'; failure: Failure };

const LABEL = 'Session';

function readGuid(value: unknown): Reading<string> {
	if (isEmpty(value)) return { issue: `${LABEL} is empty; choose one, or give its GUID` };
	const guid = convert(value, { label: LABEL, kind: 'guid' });
	return 'issue' in guid ? guid : { value: String(guid.value) };
}

function readReference(value: unknown): Reading<string> {
	if (isEmpty(value)) return { issue: `${LABEL} is empty; give the reference of the session` };
	const text = convert(value, { label: LABEL, kind: 'text' });
	if ('issue' in text) return text;
	const reference = String(text.value).normalize('NFC').trim();
	const issue = referenceIssue(reference);
	return issue === undefined ? { value: reference } : { issue: `${LABEL} ${issue}` };
}

/**
 * Finds the sessions that these values name. References are looked up, all of them at once, and each only once.
 *
 * @param values in the order of the items; an issue is a whole sentence
 * @returns one for each, in order
 */
export async function locate(
	values: ReadonlyArray<Reading<unknown>>,
	by: NamedBy,
	search: SessionSearch,
	memory: AccountMemory,
): Promise<Located[]> {
	const read = values.map((one): Reading<string> => {
		if ('issue' in one) return one;
		return by === 'guid' ? readGuid(one.value) : readReference(one.value);
	});
	const names = [...new Set(read.flatMap((one) => ('value' in one ? one.value : [])))];
	const isLookedUp = by === 'reference' && names.length > 0;
	const found = isLookedUp
		? await findReferences(names, search, memory, { withRemembered: true })
		: new Map<string, Finding>();

	return read.map((one): Located => {
		if ('issue' in one) return { kind: 'issue', issue: one.issue };
		if (by === 'guid') return { kind: 'session', guid: one.value };
		if (search.failure) return { kind: 'failed', failure: search.failure };
		const finding = found.get(one.value) ?? { kind: 'none' };
		if (finding.kind === 'one') {
			return { kind: 'session', guid: finding.guid, reference: one.value };
		}
		return { ...finding, reference: one.value };
	});
}
