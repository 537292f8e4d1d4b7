import { randomUUID } from 'node:crypto';
import { readList, refuseMalformed } from '../batch/body';
import {
	answerResults,
	isApproval,
	omitResults,
	statusOf,
	type Approval,
	type Rejection,
} from '../batch/result';
import { errorAnswer, type Answer } from '../http/answer';
import type { Store } from '../store';
import type { Switches } from '../switches';
import { stamp, type Moment } from '../values/clock';
import type { Json, JsonObject } from '../values/json';
import { applyAttendee, type AttendeeScene } from './apply';
import { attendeeView, preloadedAttendee } from './attendee';
import { attendeeInputOf, readAttendee } from './item';
import type { Roster } from './roster';

/** Documented: an array in. Inferred from sessions and v1: `{approved, rejected}` out. */
export function answerAttendeeBatch(
	body: Json,
	sessionGuid: string,
	roster: Roster,
	store: Store,
	now: Moment,
	switches: Switches,
): Answer {
	const limit = { items: switches.attendeeLimit, code: 41, text: 'tooManyAttendees' } as const;
	const list = readList(body, limit, switches);
	if (!Array.isArray(list)) return list;
	const items = list.map(readAttendee);
	const refused = refuseMalformed(items, switches);
	if (refused) return refused;

	const scene: AttendeeScene = {
		sessionGuid,
		roster,
		users: store.users,
		stamp: stamp(now, switches.defaultTimezone, switches.stamps),
		nextId: () => ++store.serial,
		switches,
	};
	const before = roster.all();
	const results = items.map((item) => applyAttendee(item, scene));
	const conflict = results.some((result) => !isApproval(result) && result.state.code === 51);
	if (conflict && switches.mailConflict === 'wholeBody') {
		roster.restore(before);
		return errorAnswer(409, 51, 'mailConflict', switches.language);
	}
	const { attendeeOmit: omit, attendeeAllFailedBody: allFailedBody } = switches;
	const omitted =
		typeof omit === 'number' ? omit : (index: number) => omit(attendeeInputOf(items[index]), index);
	const shown = omitResults(results, omitted, switches.seed);
	const status = statusOf(results);
	const always200 =
		switches.attendeeStatus === 'always200' && !(status === 400 && allFailedBody === 'code13');
	return answerResults(
		always200 ? 200 : status,
		allFailedBody,
		[...shown.filter(isApproval), ...strangers(scene)],
		shown.filter((result): result is Rejection => !isApproval(result)),
		switches,
	);
}

/** Attendees that nobody asked for. They are in the answer only, not in the session. */
function strangers(scene: AttendeeScene): Array<Approval<JsonObject>> {
	const { sessionGuid, stamp: made, nextId, switches } = scene;
	return Array.from({ length: switches.attendeeStranger }, (_, at) => {
		const preset = { name: `Stranger ${at + 1}`, attendance_code: randomUUID() };
		const foreign = preloadedAttendee(preset, undefined, nextId(), made, switches);
		return { index: Infinity, view: attendeeView(foreign, sessionGuid, switches) };
	});
}
