import type { INodeProperties } from 'n8n-workflow';

/** The options of Create, Update, and Create or Update. */
export const writeOptions: INodeProperties[] = [
	{
		displayName: 'Batch Size',
		name: 'batchSize',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description:
			'How many sessions to send in one request, such as 200. 0 sends all of them in one.',
	},
	{
		displayName: 'Check Only',
		name: 'checkOnly',
		type: 'boolean',
		default: false,
		description:
			'Whether to only check what would be created, changed or rejected. Nothing is written to Perculus, but the nodes connected to Approved run all the same.',
	},
	{
		displayName: 'Date Format',
		name: 'dateFormat',
		type: 'string',
		default: '',
		placeholder: 'e.g. dd.MM.yyyy HH:mm',
		description:
			'How the dates are written where they are not like 2027-03-05 14:00. dd is the day, MM the month, yyyy the year, HH the hour and mm the minute: dd.MM.yyyy HH:mm reads 05.03.2027 14:00. <a href="https://moment.github.io/luxon/#/parsing" target="_blank">All letters</a>.',
	},
	{
		displayName: 'Find Sessions After a Lost Answer',
		name: 'recoverUnknown',
		type: 'boolean',
		default: true,
		description:
			'Whether to look in Perculus for new sessions when its answer was lost, for instance because the connection broke off. Those that are found come out at Approved.',
	},
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
	{
		displayName: 'Include Input',
		name: 'includeInput',
		type: 'boolean',
		default: false,
		description: "Whether to add the item's own input to the output, in the field 'input'",
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 120,
		description:
			'How many seconds to wait for the next sign of the server before giving up: 1 to 3600',
	},
];
