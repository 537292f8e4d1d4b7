import type { INodeProperties } from 'n8n-workflow';

import { notice } from '../../batch/panel/notice';
import { optionsParameter, TIMEOUT_OPTION } from '../../batch/panel/options';
import { limitParameters } from '../../each/limit';
import { sessionLocator } from '../../lookup/locator';
import { atSession } from './panel/at';
import { SIMPLIFY_OPTION } from './panel/simplifyOption';

/** The parameters of Get, Get Many and Delete. */
export const readingParameters: INodeProperties[] = [
	notice(
		'getNotice',
		atSession('get'),
		'Gets one session for each item. An item whose session does not exist comes out at Rejected.',
	),
	notice(
		'deleteNotice',
		atSession('delete'),
		'Deletes one session for each item, for good. An item whose session does not exist comes out at Rejected.',
	),
	notice(
		'getAllNotice',
		atSession('getAll'),
		'Searches once for each item. Without a filter, every session of the account is found, except deleted ones.',
	),
	sessionLocator({ show: atSession('get', 'delete') }),
	...limitParameters(atSession('getAll')),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		displayOptions: { show: atSession('getAll') },
		options: [
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Algebra',
				description: 'A part of the name of the session, in small or capital letters',
			},
			{
				displayName: 'Starts From',
				name: 'startsFrom',
				type: 'dateTime',
				default: '',
				description:
					"Only sessions that start on or after this day, such as 2027-03-05, in the workflow's time zone. A time of day makes no difference.",
			},
			{
				displayName: 'Starts Until',
				name: 'startsUntil',
				type: 'dateTime',
				default: '',
				description:
					"Only sessions that start on or before this day, such as 2027-03-05, in the workflow's time zone. A time of day makes no difference.",
			},
			{
				displayName: 'Tags',
				name: 'tags',
				type: 'string',
				default: '',
				placeholder: 'e.g. math,evening',
				description:
					'One or more tags, separated by commas. Only sessions that have all of them are found.',
			},
		],
	},
	optionsParameter({ show: atSession('get', 'getAll') }, [SIMPLIFY_OPTION, TIMEOUT_OPTION]),
	optionsParameter({ show: atSession('delete') }, [TIMEOUT_OPTION]),
];
