import type { Draft } from '../session';

/** A run of this process that sends sessions. */
export interface Flight {
	/** Tells accounts apart: runs on another one cannot make the same session. */
	account: string;
	/** What it has sent, and does not know the outcome of. */
	waiting(): readonly Draft[];
}

const flights = new Set<Flight>();
/** Creates whose answer will not come any more: nobody but a search can find their sessions, and it claims what it takes. */
const lost = new WeakSet<Draft>();

/**
 * Tells the other runs of this process what a run has on its way.
 *
 * @returns what ends it; to be called whatever happens
 */
export function depart(flight: Flight): () => void {
	flights.add(flight);
	return () => void flights.delete(flight);
}

/** Notes that the answer to these creates is lost. */
export function noteLost(drafts: readonly Draft[]): void {
	for (const draft of drafts) lost.add(draft);
}

/** Creates of this process on an account whose answer may still come, and name a session that exists already. */
export function createsInFlight(account: string): Draft[] {
	return [...flights]
		.filter((flight) => flight.account === account)
		.flatMap((flight) => flight.waiting())
		.filter((draft) => draft.guid === undefined && !lost.has(draft));
}
