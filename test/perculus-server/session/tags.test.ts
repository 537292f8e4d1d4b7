import { batch, search } from '../testClient';
import { SAMPLE_STORED_GUID as GUID, startPerculusServer, type PerculusServer } from '..';
import type { Switches } from '..';

let server: PerculusServer;

beforeAll(async () => {
	server = await startPerculusServer();
});
afterAll(() => server.stop());
beforeEach(() => server.reset());

const SENT = 'ref:7,  maths ,Easy';

async function created(switches: Partial<Switches>) {
	server.set(switches);
	const item = { name: 'Algebra', start_date: '2090-06-01T09:00:00Z', duration: 60, tags: SENT };
	const [view] = (await batch(server, [item])).body.approved;
	const [shown] = (await search(server)).body;
	expect(shown?.tags).toBe(view?.tags);
	return view?.tags;
}

async function updated(tags: string | null | undefined, switches: Partial<Switches> = {}) {
	server.set(switches);
	server.preload({ session_guid: GUID, tags: 'old, Easy' });
	const item = { session_guid: GUID, duration: 30, tags };
	return (await batch(server, [item])).body.approved[0]?.tags;
}

it('tags', async () => {
	expect(await created({})).toBe(SENT);
	expect(await created({ tags: 'tidied' })).toBe('Easy, maths, ref:7');
	expect(server.preload({ tags: 'b,a' }).tags).toBe('a, b');
	expect(server.preload({}).tags).toBeNull();
});

it('tagsOnUpdate', async () => {
	expect(await updated('new,Easy')).toBe('new,Easy');
	expect(await updated(undefined)).toBe('old, Easy');
	const tagsOnUpdate = 'join';
	expect(await updated('new, Easy', { tagsOnUpdate })).toBe('old,Easy,new');
	expect(await updated(undefined)).toBe('old, Easy');
	expect(await updated('new', { tags: 'tidied' })).toBe('Easy, new, old');
	expect(await updated(null, { nullFields: 'clear' })).toBeNull();
});
