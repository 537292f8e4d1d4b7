import { dayFrom } from '../demo/example';
import type { PerculusServer } from '../perculus-server';
import { type CallItem, nameOf } from './items';

/** How many items of a call have a reference, and as many have none. */
export const REFERENCES_PER_CALL = 5;

/** A new session with a reference of its own, or without one. */
export interface ReferencedItem extends CallItem {
	reference: string | undefined;
}

/** The items of a call: each of them is a new session, every other one has a reference. */
export function referencedItems(call: number): ReferencedItem[] {
	return Array.from({ length: 2 * REFERENCES_PER_CALL }, (_, index) => {
		const name = nameOf(call, index);
		const reference = index % 2 === 0 ? referenceOf(call, index) : undefined;
		const start_date = `${dayFrom(new Date(), 30)} 12:00`;
		const row = {
			name,
			start_date,
			timezone: 'Europe/Istanbul',
			duration: 60,
			...(reference !== undefined && { session_reference: reference }),
		};
		return { call, index, kind: 'create', name, reference, row };
	});
}

function referenceOf(call: number, index: number): string {
	return `booking-${call}-${index}`;
}

/** The call whose reference stands in a text, such as a tag or a search for it. */
export function callIn(text: unknown): number | undefined {
	const [, call] = /ref:booking-(\d+)-\d+/.exec(String(text)) ?? [];
	return call === undefined ? undefined : Number(call);
}

/** What there is of some items at Perculus. */
export interface Tally {
	items: number;
	/** Items of which there is at least one session. */
	present: number;
	/** Sessions that there should not be, because another one is for the same item. */
	doubles: number;
}

/** Counts the sessions of items: by their tag where they have a reference, by their name where they have none. */
export function tally(items: ReferencedItem[], { sessions }: PerculusServer): Tally {
	const counts = new Map<string, number>();
	const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
	for (const { name, tags } of sessions.values()) {
		const references = (tags ?? '').split(',').filter((tag) => callIn(tag) !== undefined);
		for (const reference of references) count(reference);
		if (references.length === 0) count(name);
	}
	const copies = items.map(({ reference, name }) => {
		return counts.get(reference === undefined ? name : `ref:${reference}`) ?? 0;
	});
	return {
		items: items.length,
		present: copies.filter((sessions) => sessions > 0).length,
		doubles: copies.reduce((sum, sessions) => sum + Math.max(0, sessions - 1), 0),
	};
}
