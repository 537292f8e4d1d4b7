import { inspect } from 'node:util';

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { ACCESS_KEY, bearerToken, SECRET_KEY, startPerculusServer } from '../../perculus-server';
import type { PerculusServer, StartOptions } from '../../perculus-server';
import { runItems, ZONE, type PerculusRun } from '.';

export { ZONE } from '.';
export const LATER = '2090-08-05T12:00:00';

/** An item with a session that Perculus accepts. */
export const good = (row: string, rest: IDataObject = {}): IDataObject => {
	return { row, name: `CS ${row}`, start_date: LATER, timezone: ZONE, duration: 60, ...rest };
};

export const jsonOf = (items: INodeExecutionData[]) => items.map(({ json }) => json);
export const outcomesOf = (items: INodeExecutionData[]) => items.map(({ json }) => json.outcome);

/** Runs a function with its own server, so that cases can run side by side. */
export async function withServer<T>(
	use: (server: PerculusServer) => Promise<T>,
	options: StartOptions = {},
): Promise<T> {
	const server = await startPerculusServer(options);
	try {
		return await use(server);
	} finally {
		await server.stop();
	}
}

export const runAt = async (
	server: PerculusRun['server'],
	items: IDataObject[],
	options: IDataObject = {},
	{ parameters, ...rest }: Partial<PerculusRun> = {},
) => await runItems(server, items, { options, ...parameters }, rest);

const [, HASH = ''] = bearerToken(ACCESS_KEY, SECRET_KEY).split('|');

/** Expects no key, no bearer and no internal id in the result of a run, including hidden properties. */
export function expectNoSecrets(left: unknown): void {
	const all = { depth: Infinity, showHidden: true, maxArrayLength: null, maxStringLength: null };
	const text = inspect(left, all);
	expect(HASH).toMatch(/^[0-9a-f]{64}$/);
	for (const secret of [ACCESS_KEY, SECRET_KEY, HASH, 'Bearer']) expect(text).not.toContain(secret);
	expect(text).not.toMatch(/account_id|990017|880023|the_guid|ui_options|_isValid/);
}
