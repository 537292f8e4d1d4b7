import type { IDataObject } from 'n8n-workflow';

import type { PerculusServer } from '../../perculus-server';
import { runItems, type PerculusRun } from '.';

export type Operation = 'get' | 'getAll' | 'getReport' | 'delete';

/** A session locator as the editor saves it. */
export const by = (mode: 'list' | 'guid' | 'reference', value: unknown): IDataObject =>
	({ __rl: true, mode, value }) as IDataObject;

export const UNKNOWN = '99999999-0000-4000-8000-000000000000';

/** The n-th of a series of GUIDs. */
export const guidAt = (n: number): string =>
	`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Puts sessions CS 1, CS 2 … on the server. */
export const preload = (server: PerculusServer, count: number): string[] =>
	Array.from({ length: count }, (_, n) => {
		server.preload({ session_guid: guidAt(n + 1), name: `CS ${n + 1}` });
		return guidAt(n + 1);
	});

/** Runs an operation on items that name their session in the column `id`. */
export async function run(
	server: PerculusRun['server'],
	operation: Operation,
	items: IDataObject[],
	parameters: IDataObject = {},
	rest: Partial<PerculusRun> = {},
) {
	const session = operation === 'getAll' ? {} : { session: by('guid', '={{ $json.id }}') };
	return await runItems(server, items, { operation, ...session, ...parameters }, rest);
}
