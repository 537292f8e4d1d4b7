import type { IDataObject } from 'n8n-workflow';

import { locate, type Located, type NamedBy } from '../lookup/locate';
import { LOCATOR } from '../lookup/locator';
import { memoryOf } from '../lookup/memory';
import { SessionSearch } from '../lookup/sessionSearch';
import type { Failure } from '../transport/reply';
import { jsonValue } from '../values/quote';
import type { Reading } from '../values/reading';
import type { Run } from '../batch/contract';
import { invalid, type Refused } from '../batch/output/outcome';
import { locatorReader } from '../batch/read/locator';
import { againstSending, ambiguousReference, lookupFailed } from '../batch/resolve/refusals';

/** The session that an item names. */
export interface NamedSession {
	/** As it was given, or as it was found; undefined where there is none. */
	guid: string | undefined;
	/** As it was given; undefined where the session is not named by its reference. */
	reference: string | undefined;
	/** What the item shows of it, whatever becomes of it: `session_guid`, and `session_reference` where it was named so. */
	shown: IDataObject;
	/** Why nothing can be asked for. */
	refused?: Refused;
}

export interface NamedSessions {
	/** One for each item, in order. */
	each: NamedSession[];
	/** A search that did not come about: nothing can be asked for any item that is named by a reference. */
	failure?: Failure;
}

function refusedFor(located: Exclude<Located, { kind: 'session' }>): Refused {
	switch (located.kind) {
		case 'issue':
			return invalid([located.issue]);
		case 'none':
			return againstSending('session_not_found', []);
		case 'several':
			return ambiguousReference(located.reference, located.guids);
		case 'incomplete':
			return againstSending('lookup_incomplete', []);
		case 'failed':
			return lookupFailed(located.failure);
	}
}

function sessionOf(located: Located, given: unknown, by: NamedBy): NamedSession {
	const name = jsonValue(given ?? null) as IDataObject[string];
	const guid = located.kind === 'session' ? located.guid : undefined;
	return {
		guid,
		reference: located.kind === 'session' ? located.reference : undefined,
		shown:
			by === 'reference'
				? { session_guid: guid ?? null, session_reference: name }
				: { session_guid: guid ?? name },
		...(located.kind !== 'session' && { refused: refusedFor(located) }),
	};
}

/**
 * Reads which session each item names with the locator, and looks references up, all of them at once.
 *
 * @throws when the user cancels the run
 */
export async function locateSessions(
	{ context, transport, account }: Pick<Run, 'context' | 'transport' | 'account'>,
	items: ReadonlyArray<{ index: number; json: IDataObject }>,
): Promise<NamedSessions> {
	const { mode, read } = locatorReader(context, LOCATOR);
	const by: NamedBy = mode === 'reference' ? 'reference' : 'guid';
	// What many items name is read, and shown, as one.
	const named = new Map<unknown, Reading<unknown>>();
	const keys = items.map(({ index, json }) => {
		const value = read(index, json);
		const key = 'issue' in value ? value : value.value;
		if (!named.has(key)) named.set(key, value);
		return key;
	});
	const values = [...named.values()];
	const search = new SessionSearch(transport, account);
	const located = await locate(
		values.map((value) => ('issue' in value ? { issue: `Session ${value.issue}` } : value)),
		by,
		search,
		memoryOf(account),
	);

	const sessions = new Map<unknown, NamedSession>();
	[...named].forEach(([key, given], place) => {
		const one = located[place];
		if (one) sessions.set(key, sessionOf(one, 'value' in given ? given.value : null, by));
	});
	const each = keys.map((key) => sessions.get(key) as NamedSession);
	return {
		each,
		...(search.failure && { failure: search.failure }),
	};
}
