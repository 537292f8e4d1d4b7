import {
	NodeConnectionTypes,
	NodeOperationError,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { SIMPLIFY_OPTION } from '../Perculus/actions/shared/options';
import { filtersParameter } from '../Perculus/actions/session/filtersParameter';
import { decideEvents, itemOf, sampleEvent } from './events';
import { noSample, readWatch } from './parameters';
import { searchWatched } from './search';
import { readState, revisionOf, writeState } from './state';

const WINDOW = { show: { '/triggerOn': ['sessionCreated', 'sessionUpdated'] } };

export class PerculusTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Perculus Trigger',
		name: 'perculusTrigger',
		icon: {
			light: 'file:../Perculus/perculus.svg',
			dark: 'file:../Perculus/perculus.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["triggerOn"].replace("session", "session ").toLowerCase() }}',
		// n8n shows a node and its trigger as one entry, with this text.
		description:
			'Create sessions, add attendees, see who attended, or start a workflow before or after a session of Perculus (Constructor Groups)',
		defaults: { name: 'Perculus Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'perculusApi', required: true }],
		properties: [
			{
				displayName: 'Trigger On',
				name: 'triggerOn',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Session Created',
						value: 'sessionCreated',
						description: 'When a new session is found',
					},
					{
						name: 'Session Ended',
						value: 'sessionEnded',
						description: 'Some minutes after the planned end, e.g. to get who attended',
					},
					{
						name: 'Session Starting',
						value: 'sessionStarting',
						description: 'Some minutes before the start, e.g. to send reminders',
					},
					{
						name: 'Session Updated',
						value: 'sessionUpdated',
						description: 'When the name, start, time zone, duration or status changes',
					},
				],
				default: 'sessionStarting',
			},
			{
				displayName: 'Minutes Before',
				name: 'minutesBefore',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 60,
				displayOptions: { show: { triggerOn: ['sessionStarting'] } },
				description:
					'How many minutes before the start to trigger. Poll more often than that, or sessions are missed.',
			},
			{
				displayName: 'Minutes After',
				name: 'minutesAfter',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 30,
				displayOptions: { show: { triggerOn: ['sessionEnded'] } },
				description:
					'How many minutes after the planned end to trigger. Perculus needs time to prepare the report.',
			},
			{
				...filtersParameter,
				options: filtersParameter.options?.filter(({ name }) => ['name', 'tags'].includes(name)),
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Days Ahead',
						name: 'daysAhead',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 90,
						displayOptions: WINDOW,
						description: 'Only sessions that start at most this many days from today are watched',
					},
					{
						displayName: 'Days Back',
						name: 'daysBack',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 1,
						displayOptions: WINDOW,
						description: 'Only sessions that started at most this many days ago are watched',
					},
					SIMPLIFY_OPTION,
				],
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const { watch, isSimplified } = readWatch(this);
		const isSample = this.getMode() === 'manual';
		const before = revisionOf(this.getWorkflowStaticData('node'));
		const views = await searchWatched(this, watch, isSample);

		const now = Date.now();
		const show = { now, isSimplified };
		if (isSample) {
			const sample = sampleEvent(views, watch, now);
			if (!sample) throw new NodeOperationError(this.getNode(), ...noSample(watch));
			return [[{ json: itemOf(sample, watch, show) }]];
		}

		const data = this.getWorkflowStaticData('node');
		// Polls can overlap: another one has decided on newer sessions than these may be.
		if (revisionOf(data) !== before) return null;
		const { events, state } = decideEvents(views, readState(data), watch, now);
		const items = events.map((event) => ({ json: itemOf(event, watch, show) }));
		writeState(data, state);
		return items.length > 0 ? [items] : null;
	}
}
