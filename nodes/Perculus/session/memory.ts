import type { IDataObject } from 'n8n-workflow';

import { push } from '../values/collections';
import { normalGuid } from '../values/text';
import { foldReference, referencesIn } from './reference';
import type { SearchContext } from './search';

/** How long our own record counts although the search doesn't show the session, in ms. */
const REMEMBERED_FOR = 600_000;

/** A session that this process saved with references. */
export interface Remembered {
	guid: string;
	references: string[];
	/** The session's tags as they came back. */
	tags: unknown;
	/** Milliseconds since 1970. */
	savedAt: number;
}

/** By account, then by GUID, in the order in which they were saved. */
const accounts = new Map<string, Map<string, Remembered>>();

function sessionsOf(account: string, now: number): Map<string, Remembered> {
	const sessions = accounts.get(account) ?? new Map<string, Remembered>();
	accounts.set(account, sessions);
	for (const [key, { savedAt }] of sessions) {
		if (now - savedAt < REMEMBERED_FOR) break;
		sessions.delete(key);
	}
	return sessions;
}

/**
 * Remembers for ten minutes the sessions that were saved with references.
 *
 * @param saved the sessions as they came back, with their drafts if they fit one
 */
export function rememberSessions(
	{ account, transport }: SearchContext,
	saved: ReadonlyArray<{ view: IDataObject; draft?: { request: IDataObject } }>,
): void {
	const savedAt = transport.now();
	for (const { view, draft } of saved) {
		const key = normalGuid(view.session_guid);
		// A create sends its reference as a tag. An update sends one only if it also sets tags.
		const references = referencesIn(draft ? draft.request.tags : view.tags);
		if (key === undefined || references.length === 0) continue;
		const sessions = sessionsOf(account, savedAt);
		// Deleted first, so that the order stays that of saving.
		sessions.delete(key);
		sessions.set(key, { guid: String(view.session_guid), references, tags: view.tags, savedAt });
	}
}

/** The remembered sessions, by folded reference. */
export function rememberedSessions({
	account,
	transport,
}: SearchContext): Map<string, Remembered[]> {
	const byReference = new Map<string, Remembered[]>();
	for (const session of sessionsOf(account, transport.now()).values()) {
		for (const folded of new Set(session.references.map(foldReference))) {
			push(byReference, folded, session);
		}
	}
	return byReference;
}

/** Forgets a session that is gone, or that lost its reference. */
export function forgetSession(account: string, guid: string): void {
	const key = normalGuid(guid);
	if (key !== undefined) accounts.get(account)?.delete(key);
}

/** How often a waiting run checks whether the user cancelled it, in ms. */
const CHECK_CANCELLED = 250;

/** The end of the last turn taken, by account and folded reference. */
const lastTurns = new Map<string, Promise<void>>();

/**
 * Makes runs of this process that share a reference wait for each other. All turns are taken at once, so that two runs
 * never wait for each other crosswise.
 *
 * @returns ends the turns; must always be called
 * @throws when the user cancels the run while it waits
 */
export async function lockReferences(
	{ account, transport }: SearchContext,
	references: readonly string[],
): Promise<() => void> {
	const keys = references.map((reference) => `${account} ${foldReference(reference)}`);
	const before = Promise.all(keys.flatMap((key) => lastTurns.get(key) ?? []));
	let end = (): void => undefined;
	const ended = new Promise<void>((resolve) => (end = resolve));
	// Later runs also wait for the earlier ones if this run is cancelled while it waits.
	const mine = Promise.all([before, ended]).then(() => {
		for (const key of keys) if (lastTurns.get(key) === mine) lastTurns.delete(key);
	});
	for (const key of keys) lastTurns.set(key, mine);

	let isMyTurn = false;
	const turn = before.then(() => (isMyTurn = true));
	try {
		// Most runs have none before them, and must not wait at all.
		await Promise.race([turn, Promise.resolve()]);
		while (!isMyTurn) await Promise.race([turn, transport.wait(CHECK_CANCELLED)]);
	} catch (error) {
		end();
		return await Promise.reject(error);
	}
	return end;
}
