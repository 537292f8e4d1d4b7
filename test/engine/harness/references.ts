import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { startPerculusServer, type PerculusServer } from '../../perculus-server';
import { runPerculus, type PerculusRun } from '.';

export const ZONE = 'Europe/Istanbul';
export const NOW = '2030-02-06T16:07:35.488565+03:00';

export type Server = PerculusServer;
type Switches = NonNullable<Parameters<typeof startPerculusServer>[0]>;

/** Each test has a server of its own, and so an account that this process knows nothing of. */
export async function withServer(
	switches: Switches,
	test: (server: Server) => Promise<void>,
): Promise<void> {
	const server = await startPerculusServer({ clock: () => NOW, ...switches });
	try {
		await test(server);
	} finally {
		await server.stop();
	}
}

/** A row of a sheet, with the user's own reference. */
export const row = (reference: unknown, rest: IDataObject = {}): IDataObject => ({
	session_reference: reference as IDataObject[string],
	name: `Course ${String(reference)}`,
	start_date: '2030-08-05T12:00:00',
	timezone: ZONE,
	duration: 60,
	...rest,
});

export async function run(
	server: Server,
	items: IDataObject[],
	parameters: IDataObject = {},
	rest: Partial<PerculusRun> = {},
) {
	return await runPerculus({
		server,
		items,
		parameters: parameters as PerculusRun['parameters'],
		timezone: ZONE,
		...rest,
	});
}

export const jsonOf = (items: INodeExecutionData[]) => items.map(({ json }) => json);
export const guidsOf = (items: INodeExecutionData[]) => items.map(({ json }) => json.session_guid);
export const rejectionsOf = (items: INodeExecutionData[]) =>
	items.map(({ json }) => json.rejection as IDataObject);
export const hintsOf = ({ hints }: { hints: Array<{ message: string }> }) =>
	hints.map(({ message }) => message);
/** What was sent in the batches, all together. */
export const sentTo = (server: Server) => server.batches().flat();
