import type { INodeProperties } from 'n8n-workflow';

import { namesTaken } from '../../../batch/read/namesTaken';
import { SESSION_FIELDS } from '../fields';

const notice = (
	name: string,
	operations: string[],
	text: string,
	mappingMode?: 'defineBelow' | 'autoMapInputData',
): INodeProperties => ({
	displayName: text,
	name,
	type: 'notice',
	default: '',
	displayOptions: {
		show: {
			resource: ['session'],
			operation: operations,
			// n8n 1.x takes a path to a part of a parameter only with the slash.
			...(mappingMode && { '/fields.mappingMode': [mappingMode] }),
		},
	},
});

/** What each of the writes does with an item, above the fields. */
export const writeNotices: INodeProperties[] = [
	notice(
		'upsertNotice',
		['upsert'],
		'With a Session GUID, the item changes that session. Without one, it changes the session that has its Session Reference. Where there is none, it makes a new session, which needs a name, a start date and a duration. Session Reference is your own name for a session, such as the number of a booking: run again, the session is changed, not made twice.',
	),
	notice(
		'createNotice',
		['create'],
		'Each item makes a new session and needs a name, a start date and a duration. A Session GUID is ignored. Session Reference is your own name for a session, such as the number of a booking: an item whose reference is in use already comes out at Rejected, so that nothing is made twice.',
	),
	notice(
		'updateNotice',
		['update'],
		'Each item needs the Session GUID or the Session Reference of the session to change. Session Reference is your own name for a session, which it was made with. Update never makes a new one. What you do not set stays as it is.',
	),
];

const WRITES = ['create', 'update', 'upsert'];

/** Below the fields: what their labels alone cannot tell; and in place of the fields: what Map Automatically takes. */
export const fieldNotices: INodeProperties[] = [
	notice(
		'fieldsNotice',
		WRITES,
		'What you do not set is not sent. Start Date takes day and time together, such as 2027-03-05 14:00; Start Time is only for a time in a column of its own. Among the fields to add, Originally Planned is the length that Perculus remembers when a session ends early, and Auto-Start Recording has two names in Perculus: if one has no effect, set the other.',
		'defineBelow',
	),
	notice('mappingNotice', WRITES, namesTaken(SESSION_FIELDS), 'autoMapInputData'),
];
