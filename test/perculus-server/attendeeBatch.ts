import { randomUUID } from 'node:crypto';
import { errorAnswer, type Answer } from './answers';
import {
	answerResults,
	isApproval,
	readList,
	refusalState,
	type Rejection,
	type Result,
} from './batch';
import { stamp, type Moment } from './dates';
import { rosterOf, type Store } from './store';
import type { Switches } from './switches';
import type { Json, JsonObject } from './values';
import {
	attendeeView,
	preloadAttendee,
	type Person,
	type Roster,
	type StoredAttendee,
	type StoredUser,
} from './attendee';
import {
	inputOf,
	problemsOf,
	readItem,
	refuseItem,
	rejection,
	rejectItem,
	type AttendeeItem,
} from './attendeeItem';

/** What one batch works on. */
interface Scene {
	sessionGuid: string;
	roster: Roster;
	users: ReadonlyMap<string, StoredUser>;
	/** The date of everything that is saved. */
	saved: string;
	nextId: () => number;
	switches: Switches;
}

/** Documented: an array in. Inferred from sessions and v1: `{approved, rejected}` out. */
export function answerAttendeeBatch(
	body: Json,
	sessionGuid: string,
	store: Store,
	now: Moment,
	switches: Switches,
): Answer {
	const limit = { items: switches.attendeeLimit, code: 41, text: 'tooManyAttendees' } as const;
	const items = readList(body, limit, readItem, switches);
	if (!Array.isArray(items)) return items;
	const roster = rosterOf(store, sessionGuid);
	const saved = stamp(now, switches.defaultTimezone, switches.stamps);
	const nextId = () => ++store.serial;
	const scene: Scene = { sessionGuid, roster, users: store.users, saved, nextId, switches };

	const before = roster.all();
	const results = items.map((item) => applyItem(item, scene));
	const conflict = results.some((result) => !isApproval(result) && result.state.code === 51);
	if (conflict && switches.mailConflict === 'wholeBody') {
		roster.restore(before);
		return errorAnswer(409, 51, 'mailConflict', switches);
	}
	// Strangers are in the answer only, not in the session.
	const strangers = Array.from({ length: switches.attendeeStranger }, (_, at) => {
		const preset = { name: `Stranger ${at + 1}` };
		return attendeeView(preloadAttendee(preset, undefined, nextId(), saved), sessionGuid, switches);
	});
	const { attendeeOmit: omit, attendeeAllFailedBody: allFailedBody } = switches;
	return answerResults(
		results,
		{
			allFailedBody,
			strangers,
			omit: typeof omit === 'number' ? omit : (at) => omit(inputOf(items[at]), at),
			always200: switches.attendeeStatus === 'always200',
		},
		switches,
	);
}

/** Inserts or updates what one item asks for, or says why not. */
function applyItem(item: AttendeeItem, scene: Scene): Result<JsonObject> {
	const { roster, sessionGuid, switches } = scene;
	if (item.malformed.length > 0) return rejectItem(item, 12, item.malformed, switches);
	const problems = problemsOf(item, switches);
	if (problems.length > 0) return rejectItem(item, 12, problems, switches);
	const mixed = item.selectors[0] === 'attendance_code' && item.selectors.length > 1;
	if (mixed && switches.attendeeSelectors === 'refused')
		return refuseItem(item, 15, 'incompatible', switches);

	const found = findAttendee(item, scene);
	if ('state' in found) return found;
	const saved = mergeAttendee(item, found, scene);
	const namesake = roster.ofEmail(saved.email);
	// Documented: unique in the session. Assumed: the code, which is that of a user's email.
	const conflicts =
		(namesake && namesake.attendance_code !== saved.attendance_code) ||
		(found.user && found.existing?.user_guid && found.existing.user_guid !== saved.user_guid);
	if (conflicts) return refuseItem(item, 51, 'mailConflict', switches);
	const refusal = switches.refuseAttendee(inputOf(item), item.index);
	if (refusal) return rejection(item, refusal.stage ?? 'later', refusalState(refusal), switches);
	roster.put(saved);
	return { index: item.index, view: attendeeView(saved, sessionGuid, switches) };
}

interface Found {
	/** The attendee that is there already. */
	existing?: StoredAttendee;
	/** The user whose attendee it will be. */
	user?: StoredUser;
}

/** Documented: an attendance code never inserts; an unknown user is the item's own failure. */
function findAttendee(item: AttendeeItem, { roster, users, switches }: Scene): Found | Rejection {
	const { attendance_code: code, user_guid: guid, email } = item.fields;
	const [selector] = item.selectors;
	if (selector === 'attendance_code') {
		const existing = roster.ofCode(code ?? '');
		return existing ? { existing } : refuseItem(item, 40, 'attendeeNotFound', switches);
	}
	if (selector === 'email') return { existing: roster.ofEmail(email ?? '') };
	const user = users.get((guid ?? '').toUpperCase());
	if (!user) return refuseItem(item, 52, 'userNotFound', switches);
	// Assumed: a guest who turns out to be a user is the same attendee.
	const existing = roster.ofUser(user.user_guid) ?? roster.ofEmail(email || user.email);
	return { existing, user };
}

function mergeAttendee(
	item: AttendeeItem,
	{ existing, user }: Found,
	{ saved, nextId, switches }: Scene,
): StoredAttendee {
	const guest: Person = { name: '', surname: '', email: '', role: 'u', mobile: null };
	const defaults: Person = user ?? (existing ? { ...existing, role: 'u', mobile: null } : guest);
	const keeps = item.selectors[0] === 'attendance_code' || switches.attendeeUnsent === 'kept';
	const base = existing && keeps ? existing : defaults;
	const { name, surname, email, role, mobile } = item.fields;
	const address = email || base.email;
	return {
		attendance_code: existing?.attendance_code ?? randomUUID().toUpperCase(),
		user_guid: user?.user_guid ?? existing?.user_guid ?? null,
		attendee_id: existing?.attendee_id ?? nextId(),
		name: name || base.name,
		surname: surname || base.surname,
		email: switches.emails === 'lowerCase' ? address.toLowerCase() : address,
		role: role || base.role,
		mobile: mobile || base.mobile,
		creation_date: existing?.creation_date ?? saved,
		updating_date: saved,
	};
}
