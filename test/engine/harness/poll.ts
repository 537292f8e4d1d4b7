import './environment';

import { PollContext, TriggersAndPollers } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeParameters,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { PerculusApi } from '../../../credentials/PerculusApi.credentials';
import { PerculusTrigger } from '../../../nodes/PerculusTrigger/PerculusTrigger.node';
import { ACCESS_KEY, SECRET_KEY } from '../../perculus-server';
import { oneCredential } from './credentials';
import { placed, typesOf } from './nodes';

export interface PollerSettings {
	timezone?: string;
	secretKey?: string;
	budget?: number | null; // milliseconds that n8n gives a poll; null for an n8n that doesn't say
}

/** An active workflow with the trigger, in an n8n that keeps static data in memory as it does by default. */
export class Poller {
	private workflow: Workflow;
	private readonly node: INode;
	/** Static data as in the database: n8n saves it at activation, and when a poll starts a run. */
	saved = '{}';

	constructor(
		private readonly server: { url: string },
		parameters: INodeParameters,
		private readonly settings: PollerSettings = {},
	) {
		this.node = placed(parameters, { name: 'Perculus Trigger', type: 'perculusTrigger' });
		this.workflow = this.load();
	}

	private load(): Workflow {
		const { timezone = 'Europe/Istanbul' } = this.settings;
		return new Workflow({
			id: 'workflow',
			nodes: [this.node],
			connections: {},
			active: true,
			nodeTypes: typesOf(() => new PerculusTrigger()),
			staticData: JSON.parse(this.saved) as IDataObject,
			settings: { timezone },
		});
	}

	/** The trigger's own part of the static data in memory. */
	get state(): IDataObject {
		const { staticData } = this.workflow;
		return JSON.parse(JSON.stringify(staticData['node:Perculus Trigger'] ?? {})) as IDataObject;
	}

	private save(): void {
		// n8n checks this mark, which only writes to top-level keys of the node's data set.
		const { staticData } = this.workflow as { staticData: { __dataChanged?: boolean } };
		if (staticData.__dataChanged !== true) return;
		this.saved = JSON.stringify(staticData);
		staticData.__dataChanged = false;
	}

	/** One poll; its items, or null if it starts no run. */
	async poll(mode: WorkflowExecuteMode = 'trigger'): Promise<IDataObject[] | null> {
		const items = await this.ask(mode);
		if (items !== null && mode === 'trigger') this.save();
		return items;
	}

	/** Activates the workflow, also as after a restart of n8n: the first poll runs immediately. */
	async activate(): Promise<IDataObject[] | null> {
		this.workflow = this.load();
		const items = await this.ask('trigger');
		this.save();
		return items;
	}

	private async ask(mode: WorkflowExecuteMode): Promise<IDataObject[] | null> {
		const { secretKey = SECRET_KEY, budget } = this.settings;
		const data = { domain: this.server.url, apiPath: '/xapi/v2', accessKey: ACCESS_KEY, secretKey };
		const additionalData = {
			credentialsHelper: oneCredential({ type: new PerculusApi(), data }),
		} as unknown as IWorkflowExecuteAdditionalData;
		const context = new PollContext(this.workflow, this.node, additionalData, mode, 'update');
		if (budget !== undefined)
			Object.assign(context, { getPollBudgetMs: budget === null ? undefined : () => budget });
		const pollers = new TriggersAndPollers();
		const output = await pollers.runPollFunction(this.workflow, this.node, context);
		if (output === null) return null;
		expect(output).toHaveLength(1);
		expect(output[0]?.length).toBeGreaterThan(0);
		return (output[0] ?? []).map(({ json }) => json);
	}
}
