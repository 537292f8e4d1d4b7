import { randomUUID } from 'node:crypto';
import type { Answer } from './answers';
import { attendeeView, findBy, putInto } from './attendee';
import type { Roster, StoredAttendee, StoredUser } from './attendee';
import { answerBatch, readFields, refused, refusedByTest } from './batch';
import type { Item, Outcome, Refused } from './batch';
import { stamp } from './dates';
import { presetAttendee, rosterOf, type Context } from './store';
import type { Switches } from './switches';
import { filled, isGuid, type Json, type JsonObject } from './values';

/** Documented: the fields; one of the first three names the attendee. Assumed: the order in which they count. */
const FIELDS = {
	attendance_code: '',
	user_guid: '',
	email: '',
	name: '',
	surname: '',
	role: '',
	mobile: '',
};
const SELECTORS = ['attendance_code', 'user_guid', 'email'] as const;
/** Documented: user, instructor, admin; the last two are older kinds of instructor. */
const ROLES = ['u', 'e', 'a', 'e+', 'e-'];

export type AttendeeInput = { [Key in keyof typeof FIELDS]?: string | null } & {
	[key: string]: Json | undefined;
};

interface AttendeeItem extends Item<typeof FIELDS> {
	selectors: Array<(typeof SELECTORS)[number]>; // those with a value, the one that counts first
}

interface Scene extends Context {
	sessionGuid: string;
	roster: Roster;
	saved: string; // the date of everything that is saved
}

export function answerAttendeeBatch(body: Json, sessionGuid: string, context: Context): Answer {
	const { store, switches, now } = context;
	const saved = stamp(now, switches.defaultTimezone, switches);
	const scene = { ...context, sessionGuid, roster: rosterOf(store, sessionGuid), saved };
	return answerBatch(body, {
		switches,
		limit: [41, 'attendee_list_limit_exceed'],
		read: readItem,
		apply: (item, index) => applyItem(item, index, scene),
		model: (item) => modelOf(item, switches),
		stranger: (number) => {
			const made = presetAttendee({ name: `Stranger ${number}` }, store, saved);
			return attendeeView(made, sessionGuid, switches);
		},
		always200: switches.attendeeStatus === 'always200',
	});
}

function readItem(body: Json): AttendeeItem {
	const item = readFields(body, FIELDS);
	return { ...item, selectors: SELECTORS.filter((selector) => item.fields[selector]) };
}

function applyItem(item: AttendeeItem, index: number, scene: Scene): Outcome {
	const { roster, sessionGuid, switches } = scene;
	const texts = issuesOf(item, switches);
	if (texts.length > 0) return refused(12, texts, switches);
	const mixed = item.selectors[0] === 'attendance_code' && item.selectors.length > 1;
	if (mixed && switches.attendeeSelectors === 'refused')
		return refused(15, ['Incompatible values.'], switches);

	const found = findTarget(item, scene);
	if ('code' in found) return found;
	const { existing, user } = found;
	const saved = mergeAttendee(item, found, scene);
	const namesake = findBy('email', saved.email, roster);
	// Documented: unique in the session. Assumed: the code, which is that of a user's email.
	const isTaken = namesake && namesake.attendance_code !== saved.attendance_code;
	if (isTaken || (user && existing?.user_guid && existing.user_guid !== user.user_guid))
		return refused(51, ['user_mail_conflict'], switches);
	const refusal = refusedByTest(switches.refuseAttendee((item.sent ?? {}) as AttendeeInput, index));
	if (refusal) return refusal;
	putInto(roster, saved);
	return { view: attendeeView(saved, sessionGuid, switches) };
}

/** Documented: a guest needs all three fields. Assumed: the texts. */
function issuesOf({ fields, selectors, unknown }: AttendeeItem, switches: Switches): string[] {
	const { email, name, surname, role } = fields;
	const [selector] = selectors;
	const texts: string[] = [];
	if (!selector) texts.push('One of attendance_code, user_guid and email is required.');
	else if (selector === 'email') {
		if (!name?.trim()) texts.push('Attendee name is required.');
		if (!surname?.trim()) texts.push('Attendee surname is required.');
	} else if (switches.malformedGuid === 'malformed' && !isGuid(fields[selector] ?? ''))
		texts.push('Invalid guid.');
	if (email && !/^[^@\s]+@[^@\s]+$/.test(email)) texts.push('Invalid email.');
	if (role !== undefined && !ROLES.includes(role)) texts.push('Invalid role.');
	if (switches.strictFieldNames) texts.push(...unknown.map((key) => `${key}: Unknown field.`));
	return texts;
}

/** The attendee that is there already, and the user whose attendee it will be. */
interface Found {
	existing?: StoredAttendee;
	user?: StoredUser;
}

/** Documented: an attendance code never inserts; an unknown user is the item's own refusal. */
function findTarget(
	{ fields, selectors }: AttendeeItem,
	{ roster, store, switches }: Scene,
): Found | Refused {
	const { attendance_code: code, user_guid: guid, email } = fields;
	if (selectors[0] === 'attendance_code') {
		const existing = findBy('attendance_code', code ?? '', roster);
		return existing ? { existing } : refused(40, ['Attendee not found.'], switches);
	}
	if (selectors[0] === 'email') return { existing: findBy('email', email ?? '', roster) };
	const user = store.users.get((guid ?? '').toUpperCase());
	if (!user) return refused(52, ['user_not_found'], switches);
	// Assumed: a guest who turns out to be a user is the same attendee.
	const known = findBy('user_guid', user.user_guid, roster);
	return { existing: known ?? findBy('email', email || user.email, roster), user };
}

function mergeAttendee(
	{ fields, selectors }: AttendeeItem,
	{ existing, user }: Found,
	{ saved, store, switches }: Scene,
): StoredAttendee {
	const guest = { name: '', surname: '', email: '', role: 'u', mobile: null };
	const defaults = user ?? (existing ? { ...existing, role: 'u', mobile: null } : guest);
	const keeps = selectors[0] === 'attendance_code' || switches.attendeeUnsent === 'kept';
	const base = existing && keeps ? existing : defaults;
	const { name, surname, email, role, mobile } = fields;
	const address = email || base.email;
	return {
		attendance_code: existing?.attendance_code ?? randomUUID().toUpperCase(),
		user_guid: user?.user_guid ?? existing?.user_guid ?? null,
		attendee_id: existing?.attendee_id ?? ++store.serial,
		name: name || base.name,
		surname: surname || base.surname,
		email: switches.emails === 'lowerCase' ? address.toLowerCase() : address,
		role: role || base.role,
		mobile: mobile || base.mobile,
		creation_date: existing?.creation_date ?? saved,
		updating_date: saved,
	};
}

/** Assumed: what was sent, none, or an entity as of sessions, with made-up internal numbers. */
function modelOf({ sent, fields }: AttendeeItem, switches: Switches): JsonObject | null {
	const { attendeeRejectedModel } = switches;
	if (attendeeRejectedModel !== 'entity') return attendeeRejectedModel === 'sent' ? sent : null;
	const nulls = filled(null, ...Object.keys(FIELDS), 'avatar', '_isValid', '_errors');
	const internal = { attendee_id: 0, account_id: 990017, user_added: 880023, user_updated: 880023 };
	return { ...nulls, ...internal, ...fields, role: fields.role ?? 'u' };
}
