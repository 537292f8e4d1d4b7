import { looseReferenceKey } from './reference';

/** Milliseconds; a search that shows a session later than this is no search to rely on. */
const REMEMBERED = 600_000;

/** What this process made under a reference. */
interface Made {
	guid: string;
	/** Milliseconds since 1970. */
	at: number;
}

/**
 * What this process knows of an account, however slow the account's search is: the sessions it made under a reference
 * and those it deleted in the last ten minutes, and whether the search has once missed one.
 */
export class AccountMemory {
	/** By reference, in the order in which something was last made under them. */
	private made = new Map<string, Made[]>();
	/** By GUID in lower case, the references under which it was made: thousands may be deleted in one run. */
	private references = new Map<string, Set<string>>();
	/** When this process deleted a session, by GUID in lower case, in order. */
	private deleted = new Map<string, number>();
	/** A look after creating did not find what had been created: the search may not look into parts of tags. */
	hasMissed = false;

	/** @param now milliseconds since 1970 */
	note(reference: string, guid: string, now: number): void {
		this.forgetOld(now);
		const loose = looseReferenceKey(reference);
		const known = this.without(loose, guid);
		// Anew, so that the keys stay in their order.
		this.made.delete(loose);
		this.made.set(loose, [...known, { guid, at: now }]);
		const key = guid.toLowerCase();
		this.references.set(key, (this.references.get(key) ?? new Set()).add(loose));
	}

	/** GUIDs of the sessions made under this reference. */
	guidsOf(reference: string, now: number): string[] {
		return (this.made.get(looseReferenceKey(reference)) ?? [])
			.filter(({ at }) => now - at < REMEMBERED)
			.map(({ guid }) => guid);
	}

	/** Forgets a session, since it is no longer there. */
	forget(guid: string): void {
		const key = guid.toLowerCase();
		for (const loose of this.references.get(key) ?? []) {
			const rest = this.without(loose, guid);
			if (rest.length > 0) this.made.set(loose, rest);
			else this.made.delete(loose);
		}
		this.references.delete(key);
	}

	/** Notes that this process has deleted a session: a slow search may go on showing it. */
	noteDeleted(guid: string, now: number): void {
		this.forget(guid);
		for (const [key, at] of this.deleted) {
			if (now - at < REMEMBERED) break;
			this.deleted.delete(key);
		}
		this.deleted.set(guid.toLowerCase(), now);
	}

	/** Whether this process has deleted a session lately. */
	hasDeleted(guid: string, now: number): boolean {
		return now - (this.deleted.get(guid.toLowerCase()) ?? -Infinity) < REMEMBERED;
	}

	private without(loose: string, guid: string): Made[] {
		const key = guid.toLowerCase();
		return (this.made.get(loose) ?? []).filter((made) => made.guid.toLowerCase() !== key);
	}

	private forgetOld(now: number): void {
		for (const [loose, made] of this.made) {
			// In the order in which they were made, so that the first young one ends it.
			if (made.some(({ at }) => now - at < REMEMBERED)) break;
			this.made.delete(loose);
			for (const { guid } of made) {
				const key = guid.toLowerCase();
				const references = this.references.get(key);
				references?.delete(loose);
				if (references?.size === 0) this.references.delete(key);
			}
		}
	}
}

const accounts = new Map<string, AccountMemory>();

/** @param account digest of origin, API path and Access Key */
export function memoryOf(account: string): AccountMemory {
	let memory = accounts.get(account);
	if (!memory) accounts.set(account, (memory = new AccountMemory()));
	return memory;
}
