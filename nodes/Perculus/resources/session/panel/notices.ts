import type { INodeProperties } from 'n8n-workflow';

import { mappedBy, notice } from '../../../batch/panel/notice';
import { namesTaken } from '../../../batch/read/namesTaken';
import { SESSION_FIELDS } from '../fields';
import { atSession, WRITES } from './at';

/** What each of the writes does with an item, above the fields. */
export const writeNotices: INodeProperties[] = [
	notice(
		'upsertNotice',
		atSession('upsert'),
		'With a Session GUID, the item changes that session. Without one, it changes the session that has its Session Reference. Where there is none, it makes a new session, which needs a name, a start date and a duration. Session Reference is your own name for a session, such as the number of a booking: run again, the session is changed, not made twice.',
	),
	notice(
		'createNotice',
		atSession('create'),
		'Each item makes a new session and needs a name, a start date and a duration. A Session GUID is ignored. Session Reference is your own name for a session, such as the number of a booking: an item whose reference is in use already comes out at Rejected, so that nothing is made twice.',
	),
	notice(
		'updateNotice',
		atSession('update'),
		'Each item needs the Session GUID or the Session Reference of the session to change. Session Reference is your own name for a session, which it was made with. Update never makes a new one. What you do not set stays as it is.',
	),
];

/** Below the fields: what their labels alone cannot tell; and in place of the fields: what Map Automatically takes. */
export const fieldNotices: INodeProperties[] = [
	notice(
		'fieldsNotice',
		{ ...atSession(...WRITES), ...mappedBy('defineBelow') },
		'What you do not set is not sent. Start Date takes day and time together, such as 2027-03-05 14:00; Start Time is only for a time in a column of its own. Among the fields to add, Originally Planned is the length that Perculus remembers when a session ends early, and Auto-Start Recording has two names in Perculus: if one has no effect, set the other.',
	),
	notice(
		'mappingNotice',
		{ ...atSession(...WRITES), ...mappedBy('autoMapInputData') },
		namesTaken(SESSION_FIELDS),
	),
];
