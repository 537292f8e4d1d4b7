import type { IDataObject } from 'n8n-workflow';

import type { Field } from '../../../nodes/Perculus/batch/read/catalogue';
import { mapperFields } from '../../../nodes/Perculus/methods/resourceMapping';
import { SESSION_FIELDS, sessionCatalogue } from '../../../nodes/Perculus/resources/session/fields';
import { sessionWrites } from '../../../nodes/Perculus/resources/session/upsert';
import { AUTO_MAP, mapping } from '../harness';
import type { Received, Reply } from './batchServer';
import { runWrites } from './runWrites';

/** A field that Perculus does not have: this row is all that is told of it. */
const ROW: Field = {
	id: 'location',
	label: 'Meeting Place',
	kind: 'text',
	visible: true,
	aliases: ['Ort'],
	echoed: true,
	view: 'simple',
};
const FIELDS = [...SESSION_FIELDS, ROW];
const WRITES = sessionWrites(sessionCatalogue(FIELDS));

const LESSON = {
	name: 'Algebra',
	start_date: '2090-08-05T12:00:00',
	timezone: 'Europe/Istanbul',
	duration: 60,
};

/** A session as the API would answer it. */
const viewOf = (entry: IDataObject, n: number): IDataObject => ({
	session_guid: `1B27EB7F-0000-4000-8000-00000000000${n}`,
	status: 1,
	options: {},
	...entry,
	start_date: String(entry.start_date).replace('Z', '+03:00'),
});

/** Refuses the second of the entries, and approves the others in another order than they came. */
function answer({ entries }: Received): Reply {
	const views = entries.map(viewOf);
	const rejected = views
		.filter((_, n) => n === 1)
		.map((model) => ({ model, state: { code: 35, details: [] } }));
	return { status: 207, body: { approved: views.filter((_, n) => n !== 1).reverse(), rejected } };
}

async function run(items: IDataObject[], reply = answer, fields: object = AUTO_MAP) {
	const parameters = { fields: fields as never };
	const { received, ...ran } = await runWrites(WRITES, items, reply, { parameters });
	return { ...ran, sent: received.flatMap(({ entries }) => entries) };
}

describe('a field that is one row of the catalogue', () => {
	it('stands in the mapper', () => {
		expect(mapperFields(FIELDS, 'create')).toContainEqual(
			expect.objectContaining({
				id: 'location',
				displayName: 'Meeting Place',
				type: 'string',
				removed: false,
			}),
		);
	});

	it('is mapped by hand, and from an item by its id, its label, a usual spelling, or an alias', async () => {
		const spellings = ['location', 'Meeting Place', 'meeting_place', 'ORT'];
		const items = spellings.map((key, n) => ({
			...LESSON,
			name: `Lesson ${n}`,
			[key]: `Room ${n}`,
		}));
		const { sent } = await run(items);
		expect(sent.map(({ location }) => location)).toEqual(['Room 0', 'Room 1', 'Room 2', 'Room 3']);

		const byHand = await run(
			[{ where: 'Room 7' }],
			answer,
			mapping({ ...LESSON, location: '={{ $json.where }}' }),
		);
		expect(byHand.sent).toMatchObject([{ location: 'Room 7' }]);
	});

	it('is checked before it is sent, and comes back as it was given, in its place', async () => {
		const { rejected, sent } = await run([{ location: { not: 'it' }, ...LESSON }]);
		expect(sent).toEqual([]);
		const { rejection, session } = rejected[0]?.json as { [key: string]: IDataObject };
		expect(rejection?.details).toEqual(['Meeting Place must be text; this item has an object']);
		expect(session).toMatchObject({ location: { not: 'it' } });
		expect(Object.keys(session ?? {}).at(-1)).toBe('location');
	});

	it('tells sessions apart that differ in nothing else', async () => {
		const places = ['Room 1', 'Room 2', 'Room 3'];
		const items = places.map((location) => ({ ...LESSON, location }));
		const { approved, rejected } = await run(items);
		expect(approved.map(({ json, pairedItem }) => [json.location, pairedItem])).toEqual([
			['Room 1', { item: 0 }],
			['Room 3', { item: 2 }],
		]);
		expect(approved.map(({ json }) => json.warnings)).toEqual([undefined, undefined]);
		expect(rejected[0]).toMatchObject({
			json: { session: { location: 'Room 2' }, rejection: { details: [] } },
			pairedItem: { item: 1 },
		});
	});

	it('is shown of an answer, with Simplify, too, behind the fields before it', async () => {
		const { approved } = await run([{ ...LESSON, location: 'Room 1' }]);
		expect(Object.keys(approved[0]?.json ?? {})).toEqual([
			'outcome',
			'session_guid',
			'name',
			'start_date',
			'timezone',
			'duration',
			'location',
			'status',
		]);
	});

	it('is a plain value in an answer, or nothing', async () => {
		const nested = (request: Received): Reply => {
			const approved = request.entries.map((entry, n) => ({
				...viewOf(entry, n),
				location: { toString: 1 },
			}));
			return { status: 200, body: { approved, rejected: [] } };
		};
		const { approved } = await run([{ ...LESSON, location: 'Room 1' }], nested);
		expect(approved).toHaveLength(1);
		expect(approved[0]?.json).not.toHaveProperty('location');
	});
});
