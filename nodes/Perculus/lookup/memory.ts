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
 * in the last ten minutes, and whether the search has once missed one.
 */
export class AccountMemory {
	private made = new Map<string, Made[]>();
	/** A look after creating did not find what had been created: the search may not look into parts of tags. */
	hasMissed = false;

	/** @param now milliseconds since 1970 */
	note(reference: string, guid: string, now: number): void {
		this.forgetOld(now);
		const loose = looseReferenceKey(reference);
		const known = (this.made.get(loose) ?? []).filter((made) => made.guid !== guid);
		// Anew, so that the keys stay in the order in which something was last made under them.
		this.made.delete(loose);
		this.made.set(loose, [...known, { guid, at: now }]);
	}

	/** GUIDs of the sessions made under this reference. */
	guidsOf(reference: string, now: number): string[] {
		return (this.made.get(looseReferenceKey(reference)) ?? [])
			.filter(({ at }) => now - at < REMEMBERED)
			.map(({ guid }) => guid);
	}

	/** Forgets a session, since it is no longer there. */
	forget(guid: string): void {
		for (const [loose, made] of this.made) {
			const rest = made.filter((one) => one.guid.toLowerCase() !== guid.toLowerCase());
			if (rest.length === made.length) continue;
			if (rest.length > 0) this.made.set(loose, rest);
			else this.made.delete(loose);
		}
	}

	private forgetOld(now: number): void {
		for (const [loose, made] of this.made) {
			// In the order in which they were made, so that the first young one ends it.
			if (made.every(({ at }) => now - at < REMEMBERED)) break;
			this.made.delete(loose);
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
