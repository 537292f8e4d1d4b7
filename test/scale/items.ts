import { randomUUID } from 'node:crypto';
import { dayFrom } from '../demo/example';

/** One item of a call to a webhook, and what has to become of it. */
export interface Item {
	call: number;
	/** Of the item in its call. */
	index: number;
	/** What the webhook receives. */
	row: Record<string, unknown>;
	/** The one output item for it, as `describe` of the audit has it. */
	outcome: string;
	/** What it is found by at Perculus: a name, the tag of a reference, or an email address in a session. */
	key: string;
	/** How many there have to be at Perculus. */
	copies: 0 | 1;
}

const BURST_ITEMS = 20;

/** Of twenty items, four must be rejected: three by Perculus, one before it is sent. */
const KINDS = [
	...Array<'create'>(14).fill('create'),
	...Array<'update'>(2).fill('update'),
	...Array<'unknown'>(2).fill('unknown'),
	'past',
	'malformed',
] as const;

const inMonth = () => ({
	start_date: `${dayFrom(new Date(), 30)} 12:00`,
	timezone: 'Europe/Istanbul',
	duration: 60,
});

/** Calls that create and update sessions, the kinds in another order for every call. */
export function burst(count: number, makeSession: () => string): Item[][] {
	const rows = {
		create: () => inMonth(),
		update: () => ({ session_guid: makeSession(), duration: 90 }),
		unknown: () => ({ session_guid: randomUUID(), duration: 90 }),
		past: () => ({ ...inMonth(), start_date: '2020-08-05 14:00' }),
		malformed: () => ({ ...inMonth(), duration: 'ninety' }),
	};
	const itemOf = (call: number, index: number): Item => {
		const kind = KINDS[(index * 7 + call) % KINDS.length] ?? 'create';
		const name = `Call ${call}, item ${index}`;
		const outcome = {
			create: `created ${name}`,
			update: `updated ${name}`,
			unknown: 'rejected session_not_found',
			past: 'rejected validation_error',
			malformed: 'rejected validation_error',
		}[kind];
		const copies = kind === 'create' || kind === 'update' ? 1 : 0;
		return { call, index, row: { name, ...rows[kind]() }, outcome, key: name, copies };
	};
	return Array.from({ length: count }, (_, call) =>
		Array.from({ length: BURST_ITEMS }, (_item, index) => itemOf(call, index)),
	);
}

/** Every other one of them has a reference. */
const BOOKINGS = 10;

/** Calls that create sessions; every other item has a reference, by whose tag it is found. */
export function referenced(count: number): Item[][] {
	const itemOf = (call: number, index: number): Item => {
		const name = `Booking ${call}-${index}`;
		const session_reference = `booking-${call}-${index}`;
		const isReferenced = index % 2 === 0;
		const row = { name, ...inMonth(), ...(isReferenced && { session_reference }) };
		const key = isReferenced ? `ref:${session_reference}` : name;
		return { call, index, row, outcome: `created ${name}`, key, copies: 1 };
	};
	return Array.from({ length: count }, (_, call) =>
		Array.from({ length: BOOKINGS }, (_item, index) => itemOf(call, index)),
	);
}

const PEOPLE = 20;

/** The references and names of the class list's sessions. */
export const COURSES = Array.from({ length: 50 }, (_, index) => `course-${index + 1}`);

/** What a place in a session is for; all others are new. */
const FATES: Record<number, string> = { 3: 'known', 7: 'invalid', 11: 'refused', 15: 'stranded' };
const REASONS: Record<string, string> = {
	invalid: 'validation_error',
	refused: 'user_mail_conflict',
	stranded: 'session_not_found',
};

/** A class list of all sessions, dealt to the calls person by person, so that all calls meet in every session. */
export function classList(firstCall: number, count: number): Item[][] {
	const calls = Array.from({ length: count }, (): Item[] => []);
	for (const [number, course] of COURSES.entries()) {
		for (let place = 0; place < PEOPLE; place++) {
			const at = (number + place) % count;
			const list = calls[at] ?? [];
			const fate = place === 15 && number % 10 !== 9 ? 'new' : (FATES[place] ?? 'new');
			const email = `${fate}-${number}-${place}@${fate === 'invalid' ? '' : 'school.example'}`;
			const reason = REASONS[fate];
			const row = {
				Course: fate === 'stranded' ? `${course}-gone` : course,
				'First Name': `Pupil ${place}`,
				'Last Name': `Of ${number}`,
				Email: email,
			};
			list.push({
				call: firstCall + at,
				index: list.length,
				row,
				outcome: reason === undefined ? `saved ${course} ${email}` : `rejected ${reason}`,
				key: `${course} ${email}`,
				copies: reason === undefined ? 1 : 0,
			});
		}
	}
	return calls;
}
