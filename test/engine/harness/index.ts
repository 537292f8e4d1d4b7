import type { IDataObject } from 'n8n-workflow';

import {
	runNode,
	runNodeAsTool,
	type EngineRun,
	type ItemRun,
	type NodeRun,
	type ToolEngineRun,
	type ToolRun,
} from './run';
import type { StoredCredential } from './credentials';

import { PerculusApi } from '../../../credentials/PerculusApi.credentials';
import { Perculus } from '../../../nodes/Perculus/Perculus.node';
import { ACCESS_KEY, SECRET_KEY } from '../../perculus-server';

export type { EngineRun, ThrownError, ToolEngineRun } from './run';
export type { ToolRoute } from './nodes';

/** The fields of the credential, as the user types them. */
export interface PerculusKeys {
	domain: string;
	apiPath: string;
	accessKey: string;
	secretKey: string;
}

interface AtServer {
	/** The local Perculus server, or anything else that is to be taken for it. */
	server: { url: string };
	credentials?: Partial<PerculusKeys>;
}

/** The Perculus node between a source of items and a probe behind each output. */
export type PerculusRun = AtServer & Omit<ItemRun, 'type' | 'credential'>;

/** The Perculus node as the tool of an agent. */
export type PerculusToolRun = AtServer & Omit<ToolRun, 'type' | 'credential'>;

/** What a new node holds, but for auto-mapping, which needs no mapping spelled out in each test. */
export const AUTO_MAP = {
	mappingMode: 'autoMapInputData',
	value: null,
	matchingColumns: [],
	schema: [],
} as const;

/** A manual mapping: field ids to literals or `={{ … }}`. */
export function mapping(value: Record<string, string | number | boolean | null>) {
	return { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] } as const;
}

/** Runs the Perculus node in n8n's engine, over real HTTP. */
export async function runPerculus(run: PerculusRun): Promise<EngineRun> {
	return await runNode({ ...run, ...installed(run) });
}

/** What runs items at a server, in the zone of the workflow. */
export const runnerAt =
	(server: () => { url: string }, always: Pick<PerculusRun, 'timezone' | 'probe'>) =>
	async (
		items: PerculusRun['items'],
		parameters: IDataObject = {},
		rest: Partial<PerculusRun> = {},
	): Promise<EngineRun> =>
		await runPerculus({
			server: server(),
			items,
			parameters: parameters as PerculusRun['parameters'],
			...always,
			...rest,
		});

/** Runs the Perculus node as an agent's tool, in either of the two ways n8n does. */
export async function runPerculusAsTool(run: PerculusToolRun): Promise<ToolEngineRun> {
	return await runNodeAsTool({ ...run, ...installed(run) });
}

function installed({
	server,
	credentials,
	parameters,
}: AtServer & Pick<NodeRun, 'parameters'>): Pick<NodeRun, 'type' | 'credential' | 'parameters'> {
	const credential: StoredCredential = {
		type: new PerculusApi(),
		data: {
			domain: server.url,
			apiPath: '/xapi/v2',
			accessKey: ACCESS_KEY,
			secretKey: SECRET_KEY,
			...credentials,
		},
	};
	return {
		type: new Perculus(),
		credential,
		parameters: {
			resource: 'session',
			operation: 'upsert',
			fields: AUTO_MAP as never,
			options: {},
			...parameters,
		},
	};
}
