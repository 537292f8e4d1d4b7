import type { IDataObject, OnError } from 'n8n-workflow';

import { runPerculus } from '../engine/harness';
import { startPerculusServer, type PerculusServer } from '../perculus-server';
import { SESSION_FIELDS, type FieldKind } from '../../nodes/Perculus/session/fields';

export type Operation = 'create' | 'update' | 'upsert';

const ZONE = 'Europe/Istanbul';
/** A time that occurs twice on that day in New York, so that the node warns. */
const REPEATED = { start_date: '2030-11-03T01:30:00', timezone: 'America/New_York' };
const PLAIN: IDataObject = { name: 'CS201', start_date: '2030-08-05T12:00:00', duration: 60 };

const VALUES: Record<FieldKind, IDataObject[string]> = {
	guid: undefined,
	reference: undefined,
	text: 'A text',
	name: 'CS201',
	phone: undefined,
	start: PLAIN.start_date,
	time: undefined,
	end: undefined,
	zone: ZONE,
	language: 'en-US',
	tags: 'one,two',
	url: 'https://example.com',
	email: undefined,
	choice: undefined,
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
 * The node's output items in n8n's engine, with the settings of a new node: sessions with few and with all fields, with
 * a warning, a create whose response was lost, an item that can't be distinguished from another, rejections of these,
 * and an item without a required field.
 */
export async function emittedItems(operation: Operation): Promise<IDataObject[]> {
	const server = await startPerculusServer({
		descriptionEchoed: true,
		clock: () => '2030-02-06T16:07:35.488565+03:00',
	});
	try {
		return [...(await approvedBy(server, operation)), ...(await rejectedBy(server, operation))];
	} finally {
		await server.stop();
	}
}

const run = async (
	server: PerculusServer,
	operation: Operation,
	items: IDataObject[],
	onError: OnError = 'stopWorkflow',
) => await runPerculus({ server, items, parameters: { operation }, timezone: ZONE, onError });

let references = 0;
/** With a reference that no other item has. */
const withReference = (item: IDataObject): IDataObject => ({
	...item,
	session_reference: `deal ${++references}`,
});

/** Runs of valid items: all creates together, updates of a session one after the other. */
function runsOf(server: PerculusServer, operation: Operation): IDataObject[][] {
	const creates = [withReference({ ...PLAIN, ...everything() }), PLAIN, { ...PLAIN, ...REPEATED }];
	const { session_guid } = server.preload({});
	const changes = [withReference(everything()), { duration: 90 }, REPEATED].map((change) => [
		{ session_guid, ...change },
	]);
	return [...(operation === 'create' ? [] : changes), ...(operation === 'update' ? [] : [creates])];
}

async function approvedBy(server: PerculusServer, operation: Operation): Promise<IDataObject[]> {
	const runs = runsOf(server, operation);
	const emitted: IDataObject[] = [];
	const approve = async (items: IDataObject[]) => {
		const { approved } = await run(server, operation, items);
		if (approved.length !== items.length) throw new Error('An item was not approved.');
		emitted.push(...approved.map(({ json }) => json));
	};
	for (const items of runs) await approve(items);
	if (operation !== 'update') {
		server.fail({ route: 'batch', drop: 'after' });
		await approve([withReference({ ...PLAIN, name: 'Lost' })]);
	}
	return emitted;
}

async function rejectedBy(server: PerculusServer, operation: Operation): Promise<IDataObject[]> {
	const emitted: IDataObject[] = [];
	const reject = async (items: IDataObject[], onError: OnError = 'stopWorkflow') => {
		const { rejected } = await run(server, operation, items, onError);
		if (rejected.length !== items.length) throw new Error('An item was not rejected.');
		emitted.push(...rejected.map(({ json }) => json));
	};
	if (operation !== 'update') {
		server.fail({ route: 'batch', drop: 'after' });
		await reject([{ ...PLAIN, ...everything(), name: 'Lost for good' }], 'continueRegularOutput');
		for (const name of ['A', 'B']) server.preload({ name, tags: 'ref:twice' });
		await reject([{ ...PLAIN, session_reference: 'twice' }]);
	}
	server.set({ refuse: () => ({ code: 35 }) });
	for (const items of runsOf(server, operation)) await reject(items);
	await reject([{ duration: 90 }]);
	return emitted;
}
