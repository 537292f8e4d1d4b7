import { randomUUID } from 'node:crypto';
import { dayFrom } from '../demo/example';

/** How many items a call brings, where it is not about large calls. */
export const ITEMS_PER_CALL = 20;

/** What an item asks for, which decides its branch and its reason. */
export type Kind = 'create' | 'update' | 'unknown' | 'past' | 'malformed';

/** The reason with which an item is rejected; none for those that are approved. */
export const REASONS: Record<Kind, string | undefined> = {
	create: undefined,
	update: undefined,
	unknown: 'session_not_found',
	past: 'validation_error',
	malformed: 'validation_error',
};

/** Of twenty items, four must be rejected: three by Perculus, one before it is sent. */
const KINDS: Kind[] = [
	...Array<Kind>(14).fill('create'),
	...Array<Kind>(2).fill('update'),
	...Array<Kind>(2).fill('unknown'),
	'past',
	'malformed',
];

/** One item of one call. */
export interface CallItem {
	call: number;
	index: number;
	kind: Kind;
	/** Occurs once among all items of all calls; sessions are found by it. */
	name: string;
	/** What the webhook receives. */
	row: Record<string, unknown>;
}

/** The items of a call, the kinds in another order for every call. */
export function itemsOf(call: number, makeSession: () => string, count: number): CallItem[] {
	return Array.from({ length: count }, (_, index) => {
		const kind = KINDS[(index * 7 + call) % KINDS.length] ?? 'create';
		const name = nameOf(call, index);
		return { call, index, kind, name, row: { name, ...fieldsOf(kind, makeSession) } };
	});
}

function fieldsOf(kind: Kind, makeSession: () => string): Record<string, unknown> {
	if (kind === 'update') return { session_guid: makeSession(), duration: 90 };
	if (kind === 'unknown') return { session_guid: randomUUID(), duration: 90 };
	return {
		start_date: kind === 'past' ? '2020-08-05 14:00' : `${dayFrom(new Date(), 30)} 12:00`,
		timezone: 'Europe/Istanbul',
		duration: kind === 'malformed' ? 'ninety' : 60,
	};
}

/** The name of an item, from which its call can be told. */
export function nameOf(call: number, index: number): string {
	return `Call ${call}, item ${index}`;
}

/** The call an item's name belongs to. */
export function callOf(name: unknown): number | undefined {
	const [, call] = /^Call (\d+), item \d+$/.exec(String(name)) ?? [];
	return call === undefined ? undefined : Number(call);
}
