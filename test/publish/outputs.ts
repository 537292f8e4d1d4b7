import type { IDataObject } from 'n8n-workflow';

import { runPerculus } from '../engine/harness';
import { startPerculusServer, type PerculusServer } from '../perculus-server';
import { SESSION_FIELDS, type FieldKind } from '../../nodes/Perculus/resources/session/fields';

export type Operation = 'create' | 'update' | 'upsert';

const ZONE = 'Europe/Istanbul';
/** Twice on the clocks of that day in New York, which the node warns about. */
const REPEATED = { start_date: '2030-11-03T01:30:00', timezone: 'America/New_York' };
const PLAIN: IDataObject = { name: 'CS201', start_date: '2030-08-05T12:00:00', duration: 60 };

const VALUES: Record<FieldKind, IDataObject[string]> = {
	guid: undefined,
	text: 'A text',
	start: PLAIN.start_date,
	time: undefined,
	zone: ZONE,
	language: 'en-US',
	tags: 'one,two',
	url: 'https://example.com',
	yesNo: true,
	wholeNumber: 60,
};

/** A session with a value in every field the node knows. */
const everything = (): IDataObject =>
	Object.fromEntries(
		SESSION_FIELDS.map(({ id, kind }) => [id, VALUES[kind]]).filter(
			([, value]) => value !== undefined,
		),
	) as IDataObject;

/**
 * What the node emits on Approved in n8n's engine: sessions with nothing and with everything set, with a warning, and
 * a create whose answer was lost.
 */
export async function approvedOutputs(operation: Operation): Promise<IDataObject[]> {
	const server = await startPerculusServer({
		descriptionEchoed: true,
		clock: () => '2030-02-06T16:07:35.488565+03:00',
	});
	try {
		return (await runsOf(server, operation)).flat();
	} finally {
		await server.stop();
	}
}

async function runsOf(server: PerculusServer, operation: Operation): Promise<IDataObject[][]> {
	const run = async (items: IDataObject[]) => {
		const { approved } = await runPerculus({
			server,
			items,
			parameters: { operation },
			timezone: ZONE,
		});
		if (approved.length !== items.length) throw new Error('An item was not approved.');
		return approved.map(({ json }) => json);
	};
	const creates = [PLAIN, { ...PLAIN, ...everything() }, { ...PLAIN, ...REPEATED }];
	const changes = () => {
		const { session_guid } = server.preload({});
		return [{ duration: 90 }, everything(), REPEATED].map((change) => [
			{ session_guid, ...change },
		]);
	};
	const runs: IDataObject[][] = [];
	if (operation !== 'create') for (const items of changes()) runs.push(await run(items));
	if (operation === 'update') return runs;
	runs.push(await run(creates));
	server.fail({ route: 'batch', drop: 'after' });
	runs.push(await run([{ ...PLAIN, name: 'Lost' }]));
	return runs;
}
