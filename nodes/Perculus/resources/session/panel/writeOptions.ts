import type { INodeProperties } from 'n8n-workflow';

import {
	batchSizeOption,
	DRY_RUN_OPTION,
	INCLUDE_INPUT_OPTION,
	TIMEOUT_OPTION,
} from '../../../batch/panel/options';
import { SIMPLIFY_OPTION } from './simplifyOption';

/** The options of Create, Update, and Create or Update. */
export const writeOptions: INodeProperties[] = [
	batchSizeOption(
		'How many sessions to send in one request, such as 200. 0 sends all of them in one.',
	),
	{
		displayName: 'Date Format',
		name: 'dateFormat',
		type: 'string',
		default: '',
		placeholder: 'e.g. dd.MM.yyyy HH:mm',
		description:
			'How the dates are written where they are not like 2027-03-05 14:00. dd is the day, MM the month, yyyy the year, HH the hour and mm the minute: dd.MM.yyyy HH:mm reads 05.03.2027 14:00. <a href="https://moment.github.io/luxon/#/parsing" target="_blank">All letters</a>.',
	},
	DRY_RUN_OPTION,
	{
		displayName: 'How Start Dates Are Sent',
		name: 'startDateEncoding',
		type: 'options',
		default: 'wallClock',
		options: [
			{
				name: 'As the Clock Shows It',
				value: 'wallClock',
				description: 'As 14:00 in the time zone of the session, which is how Perculus reads dates',
			},
			{
				name: 'With the Difference to UTC',
				value: 'offset',
				description:
					'As 14:00+03:00. Only for accounts whose sessions otherwise start at another hour.',
			},
		],
		description:
			'Leave it as it is, unless all sessions of your account start at another hour than the one asked for',
	},
	INCLUDE_INPUT_OPTION,
	SIMPLIFY_OPTION,
	TIMEOUT_OPTION,
];
