import { batch, call, search } from './testClient';
import {
	SAMPLE_STORED_GUID as GUID,
	startPerculusServer,
	type JsonObject,
	type PerculusServer,
	type Switches,
} from '.';

const ITEM = { name: 'Algebra', start_date: '2030-08-05T12:00:00Z', duration: 60 };

let server: PerculusServer;

beforeAll(async () => {
	server = await startPerculusServer({ clock: () => new Date('2030-01-15T10:00:00Z') });
});
afterAll(() => server.stop());
beforeEach(() => server.reset());

async function approved(item: JsonObject, switches: Partial<Switches> = {}) {
	server.set(switches);
	const { body } = await batch(server, [item]);
	expect(body.rejected).toEqual([]);
	return body.approved[0] as JsonObject;
}

it('creates with the documented defaults', async () => {
	expect(await approved(ITEM)).toMatchObject({
		lang: 'tr-TR',
		timezone: 'Europe/Istanbul',
		tags: null,
		options: { session_duration: 60, allow_rating: true },
	});
});

it('changes on update only what was sent, and session_duration with the duration', async () => {
	const old = server.preload({ ...ITEM, tags: 'a', options: { allow_rating: false } });
	const { creation_date, updating_date, ...view } = await approved({
		session_guid: old.session_guid.toLowerCase(),
		duration: 90,
		options: { chat: { offNewMsgSound: true } },
	});
	expect(view).toMatchObject({
		name: 'Algebra',
		tags: 'a',
		start_date: '2030-08-05T12:00:00+03:00',
		duration: 90,
		options: {
			session_duration: 90,
			allow_rating: false,
			chat: { offNewMsgSound: true, offGeneralMsging: false },
		},
	});
	expect(creation_date).toBe(old.creation_date);
	expect(updating_date).not.toBe(old.updating_date);
});

it.each<[string, JsonObject, string]>([
	['no name', { name: null }, 'Session name is required.'],
	['4 minutes', { duration: 4 }, 'Session duration must be between 5 and 360.'],
	['361 minutes', { duration: 361 }, 'Session duration must be between 5 and 360.'],
	['a past start', { start_date: '2030-01-15T12:59:00Z' }, 'Invalid session start date.'],
	['a wrong type', { tags: ['a'] }, 'tags: Invalid value.'],
	['a wrong option', { options: { chat: 5 } }, 'options.chat: Invalid value.'],
])('rejects a create with %s by code 12', async (_, fields, text) => {
	const { status, body } = await batch(server, [{ ...ITEM, ...fields }]);
	expect([status, body.rejected[0]?.state]).toEqual([400, { code: 12, details: [text] }]);
});

it.each<[string, Switches['offset'], string]>([
	['2030-08-05T12:00:00Z', 'convert', '2030-08-05T12:00:00+03:00'],
	['2030-08-05T12:00:00+05:00', 'keepDigits', '2030-08-05T12:00:00+03:00'],
	['2030-08-05T12:00:00+05:00', 'convert', '2030-08-05T10:00:00+03:00'],
	['2030-08-05T12:00:00+05:00', 'utcDigits', '2030-08-05T07:00:00+03:00'],
])('reads the start %s with the offset rule %s as %s', async (sent, offset, start) => {
	expect(await approved({ ...ITEM, start_date: sent }, { offset })).toMatchObject({
		start_date: start,
	});
});

it.each<[string, Switches['repeatedHour'], string]>([
	['2030-10-27T02:30:00Z', 'first', '2030-10-27T02:30:00+02:00'],
	['2030-10-27T02:30:00Z', 'second', '2030-10-27T02:30:00+01:00'],
	['2030-03-31T02:30:00Z', 'first', '2030-03-31T02:30:00+01:00'],
])('reads %s in Berlin, repeated hour %s, as %s', async (sent, repeatedHour, start) => {
	const item = { ...ITEM, start_date: sent, timezone: 'Europe/Berlin' };
	expect(await approved(item, { repeatedHour })).toMatchObject({ start_date: start });
});

it('omits results, adds strangers and answers code 13 by switch', async () => {
	server.set({ omit: 1, stranger: 1, order: 'reversed' });
	const { body } = await batch(server, [ITEM, { ...ITEM, name: 'B' }, { ...ITEM, name: 'C' }]);
	expect(body.approved.map(({ name }) => name)).toHaveLength(3);
	expect(server.sessions.size).toBe(3);
	server.set({ allFailedBody: 'code13' });
	expect(await batch(server, [{}])).toMatchObject({ status: 400, body: { code: 13 } });
});

it('gets, deletes and does not find a deleted session', async () => {
	server.preload({ ...ITEM, session_guid: GUID });
	const one = async (method: string) => await call(server, method, `/xapi/v2/session/${GUID}`);
	expect((await one('GET')).body).toEqual((await search(server)).body[0]);
	expect(await one('DELETE')).toMatchObject({ status: 204, text: '' });
	expect(await one('GET')).toMatchObject({ status: 404, body: { code: 30 } });
	expect([(await search(server)).body, server.deleted.get(GUID)?.status]).toEqual([[], -1]);
});

describe('the search', () => {
	beforeEach(() => {
		server.preload({ name: 'Algebra', start_date: '2030-03-03T23:30:00Z', tags: 'maths, easy' });
		server.preload({ name: 'algebra II', start_date: '2030-03-01T09:00:00Z', duration: 90 });
		server.preload({ name: 'Biology', start_date: '2030-03-02T00:30:00Z', description: 'cells' });
	});

	const names = async (filter: JsonObject) =>
		(await search(server, filter)).body.map(({ name }) => name).reverse();

	it.each<[JsonObject, string[]]>([
		[{ name: 'ALGEBRA' }, ['Algebra', 'algebra II']],
		[{ tags: 'easy' }, ['Algebra']],
		[{ description: 'cell' }, ['Biology']],
		[{ duration: 90 }, ['algebra II']],
		[{ begin_date: '2030-03-02', end_date: '2030-03-03' }, ['Algebra', 'Biology']],
		[{ page_number: 2, page_size: 2 }, ['Algebra']],
		[{ page_number: 3, page_size: 2 }, []],
	])('finds by %j', async (filter, found) => expect(await names(filter)).toEqual(found));

	it.each<[Partial<Switches>, JsonObject, string[]]>([
		[{ nameMatch: 'exact' }, { name: 'algebra' }, ['Algebra']],
		[{ tagsMatch: 'text' }, { tags: 'easy' }, []],
		[{ tagsMatch: 'tag' }, { tags: 'easy,maths' }, ['Algebra']],
		[{ tagsMatch: 'ignored' }, { tags: 'x', name: 'b' }, ['Algebra', 'algebra II', 'Biology']],
		[{ endDate: 'exclusive' }, { end_date: '2030-03-03' }, ['algebra II', 'Biology']],
		[{ searchBounds: 'instant' }, { begin_date: '2030-03-03T20:30:00Z' }, ['Algebra']],
		[{ firstPage: 0 }, { page_number: 1, page_size: 2 }, ['Algebra']],
		[{ pageSizeMax: 1 }, { page_size: 50 }, ['Biology']],
	])('with %j finds by %j', async (switches, filter, found) => {
		server.set(switches);
		expect(await names(filter)).toEqual(found);
	});
});
