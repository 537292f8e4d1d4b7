import type { Rejection, Result } from '../batch/result';
import type { Switches } from '../switches';
import type { JsonObject } from '../values/json';
import { attendeeView, type Person, type StoredAttendee } from './attendee';
import { attendeeInputOf, type AttendeeItem } from './item';
import { attendeeProblems } from './problems';
import { attendeeRejection, invalidAttendee, refusedAttendee } from './rejection';
import type { Roster } from './roster';
import type { StoredUser } from './user';

/** What one batch of attendees works on. */
export interface AttendeeScene {
	sessionGuid: string;
	roster: Roster;
	users: ReadonlyMap<string, StoredUser>;
	stamp: string;
	nextId: () => number;
	switches: Switches;
}

/** Inserts or updates what one item asks for, or says why not. */
export function applyAttendee(item: AttendeeItem, scene: AttendeeScene): Result<JsonObject> {
	const { roster, sessionGuid, switches } = scene;
	const refused = (code: number, text: Parameters<typeof refusedAttendee>[2]) =>
		refusedAttendee(item, code, text, switches);
	if (item.malformed.length > 0) return invalidAttendee(item, item.malformed, switches);
	const problems = attendeeProblems(item, switches);
	if (problems.length > 0) return invalidAttendee(item, problems, switches);
	const mixed = item.selectors[0] === 'attendance_code' && item.selectors.length > 1;
	if (mixed && switches.attendeeSelectors === 'refused') return refused(15, 'incompatible');

	const found = find(item, scene);
	if ('state' in found) return found;
	const saved = merge(item, found, scene);
	const namesake = roster.ofEmail(saved.email);
	// Documented: unique in the session. Assumed: the code, which is that of a user's e-mail.
	const conflicts =
		(namesake && namesake.attendance_code !== saved.attendance_code) ||
		(found.user && found.existing?.user_guid && found.existing.user_guid !== saved.user_guid);
	if (conflicts) return refused(51, 'mailConflict');

	const refusal = switches.refuseAttendee(attendeeInputOf(item), item.index);
	if (refusal) {
		const { code, details = 'refused', stage = 'later' } = refusal;
		return attendeeRejection(item, stage, { code, details }, switches);
	}
	roster.put(saved);
	return { index: item.index, view: attendeeView(saved, sessionGuid, switches) };
}

interface Found {
	/** The attendee that is there already. */
	existing?: StoredAttendee;
	/** The user whose attendee it is to be. */
	user?: StoredUser;
}

/** Documented: an attendance code never inserts; an unknown user is the item's own failure. */
function find(item: AttendeeItem, { roster, users, switches }: AttendeeScene): Found | Rejection {
	const { attendance_code: code, user_guid: guid, email } = item.fields;
	const [selector] = item.selectors;
	if (selector === 'attendance_code') {
		const existing = roster.ofCode(code ?? '');
		return existing ? { existing } : refusedAttendee(item, 40, 'attendeeNotFound', switches);
	}
	if (selector === 'email') return { existing: roster.ofEmail(email ?? '') };
	const user = users.get((guid ?? '').toUpperCase());
	if (!user) return refusedAttendee(item, 52, 'userNotFound', switches);
	// Assumed: a guest who turns out to be a user is the same attendee.
	const existing = roster.ofUser(user.user_guid) ?? roster.ofEmail(email || user.email);
	return { existing, user };
}

function merge(
	item: AttendeeItem,
	{ existing, user }: Found,
	scene: AttendeeScene,
): StoredAttendee {
	const { stamp, switches } = scene;
	const guest: Person = { name: '', surname: '', email: '', role: 'u', mobile: null };
	const defaults: Person = user ?? (existing ? { ...existing, role: 'u', mobile: null } : guest);
	const keeps = item.selectors[0] === 'attendance_code' || switches.attendeeUnsent === 'kept';
	const base = existing && keeps ? existing : defaults;
	const pick = <K extends keyof Person>(key: K): Person[K] => {
		const sent = item.fields[key];
		if (sent === null && switches.nullFields === 'clear') return defaults[key];
		return (sent || base[key]) as Person[K];
	};
	const email = pick('email');
	return {
		attendance_code: existing?.attendance_code ?? switches.newAttendanceCode().toUpperCase(),
		user_guid: user?.user_guid ?? existing?.user_guid ?? null,
		attendee_id: existing?.attendee_id ?? scene.nextId(),
		name: pick('name'),
		surname: pick('surname'),
		email: switches.emails === 'lowerCase' ? email.toLowerCase() : email,
		role: pick('role'),
		mobile: pick('mobile'),
		creation_date: existing?.creation_date ?? stamp,
		updating_date: stamp,
	};
}
