import type { IDataObject } from 'n8n-workflow';

import { runNode, runNodeAsTool } from './run';
import type { EngineRun, ItemRun, NodeRun, ToolEngineRun, ToolRun } from './run';

import { PerculusApi } from '../../../credentials/PerculusApi.credentials';
import { Perculus } from '../../../nodes/Perculus/Perculus.node';
import { ACCESS_KEY, SECRET_KEY } from '../../perculus-server';

export type { EngineRun, ToolEngineRun } from './run';

/** The fields of the credential, as the user enters them. */
export interface PerculusKeys {
	domain: string;
	apiPath: string;
	accessKey: string;
	secretKey: string;
}

interface AtServer {
	server: { url: string }; // the local Perculus server, or another one
	credentials?: Partial<PerculusKeys>;
}

/** The Perculus node between a source of items and a probe after each output. */
export type PerculusRun = AtServer & Omit<ItemRun, 'type' | 'credential'>;

export type PerculusToolRun = AtServer & Omit<ToolRun, 'type' | 'credential'>;

export const ZONE = 'Europe/Istanbul';

/** A probe that reads the column `row` of the input item through the item link. */
const SOURCE_ROW = "={{ $('Source').item.json.row }}";

/** The parameters of a new node, but with automatic mapping, so that tests need no mapping. */
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
export const runPerculus = async (run: PerculusRun): Promise<EngineRun> =>
	await runNode({ probe: SOURCE_ROW, ...run, ...installed(run) });

/** Runs the Perculus node as an agent's tool, in either of the two ways n8n does. */
export const runPerculusAsTool = async (run: PerculusToolRun): Promise<ToolEngineRun> =>
	await runNodeAsTool({ ...run, ...installed(run) });

/** Runs the Perculus node on items, in a workflow of Istanbul. */
export const runItems = async (
	server: PerculusRun['server'],
	items: PerculusRun['items'],
	sent: IDataObject = {},
	rest: Partial<PerculusRun> = {},
): Promise<EngineRun> => {
	const parameters = sent as PerculusRun['parameters'];
	return await runPerculus({ server, items, parameters, timezone: ZONE, ...rest });
};

/** The same for a server that isn't started yet. */
export const runnerAt =
	(server: () => PerculusRun['server']) =>
	async (items: PerculusRun['items'], sent?: IDataObject, rest?: Partial<PerculusRun>) =>
		await runItems(server(), items, sent, rest);

function installed({ server, credentials, parameters }: AtServer & Pick<NodeRun, 'parameters'>) {
	const keys = { accessKey: ACCESS_KEY, secretKey: SECRET_KEY };
	const data = { domain: server.url, apiPath: '/xapi/v2', ...keys, ...credentials };
	const fields = AUTO_MAP as never;
	const upsert = { resource: 'session', operation: 'upsert', fields, options: {} };
	return {
		type: new Perculus(),
		credential: { type: new PerculusApi(), data },
		parameters: { ...upsert, ...parameters },
	};
}
