import type { StoredSession } from './session/session';

/** What outlives a request. */
export interface Store {
	sessions: Map<string, StoredSession>;
	/** Deleted sessions, with status -1; what is here is in no other map. */
	deleted: Map<string, StoredSession>;
	/** Sessions made by batches since the start or the reset; the license counts them. */
	created: number;
	/** Numbers the sessions in the order of their creation. */
	serial: number;
}

export function emptyStore(): Store {
	return { sessions: new Map(), deleted: new Map(), created: 0, serial: 0 };
}

export function clearStore(store: Store): void {
	store.sessions.clear();
	store.deleted.clear();
	store.created = 0;
	store.serial = 0;
}
