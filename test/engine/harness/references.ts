import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { PerculusServer, StartOptions } from '../../perculus-server';
import { withServer as withServerOf, ZONE } from './setup';

export { runItems as run } from '.';
export { jsonOf, ZONE } from './setup';
export const NOW = '2030-02-06T16:07:35.488565+03:00';

export type Server = PerculusServer;

/** Each test has its own server, so that this process remembers no session of its account. */
export const withServer = async (
	switches: StartOptions,
	test: (server: Server) => Promise<void>,
): Promise<void> => await withServerOf(test, { clock: () => NOW, ...switches });

export const row = (reference: unknown, rest: IDataObject = {}): IDataObject => ({
	session_reference: reference as IDataObject[string],
	name: `Course ${String(reference)}`,
	start_date: '2030-08-05T12:00:00',
	timezone: ZONE,
	duration: 60,
	...rest,
});

export const guidsOf = (items: INodeExecutionData[]) => items.map(({ json }) => json.session_guid);
export const rejectionsOf = (items: INodeExecutionData[]) =>
	items.map(({ json }) => json.rejection as IDataObject);
export const hintsOf = ({ hints }: { hints: Array<{ message: string }> }) =>
	hints.map(({ message }) => message);
export const sentTo = (server: Server) => server.batches().flat();
