import type { INodeProperties } from 'n8n-workflow';

import { namesTaken } from '../../../batch/read/namesTaken';
import { SESSION_FIELDS } from '../fields';

const notice = (name: string, operations: string[], text: string): INodeProperties => ({
	displayName: text,
	name,
	type: 'notice',
	default: '',
	displayOptions: { show: { resource: ['session'], operation: operations } },
});

/** What each of the writes does with an item, above the fields. */
export const writeNotices: INodeProperties[] = [
	notice(
		'upsertNotice',
		['upsert'],
		'With a Session GUID, the item changes that session. Without one, it changes the session that has its Session Reference. Where there is none, it makes a new session, which needs a name, a start date and a duration.',
	),
	notice(
		'createNotice',
		['create'],
		'Each item makes a new session and needs a name, a start date and a duration. A Session GUID is ignored. An item whose Session Reference is in use already comes out at Rejected.',
	),
	notice(
		'updateNotice',
		['update'],
		'Each item needs the Session GUID or the Session Reference of the session to change. Update never makes a new one. What you do not set stays as it is.',
	),
];

/** What Map Automatically takes, and what the labels alone cannot tell, below the fields. */
export const mappingNotice: INodeProperties = notice(
	'mappingNotice',
	['create', 'update', 'upsert'],
	`Session Reference is your own name for the session, such as the number of the booking: with it, a second run changes the session in place of making it again.<br><br>${namesTaken(SESSION_FIELDS)}`,
);
