import { attendeeBatch } from '../testClient';
import { SAMPLE_STORED_GUID as SESSION, SAMPLE_USER_GUID as USER, startPerculusServer } from '..';
import type { PerculusServer, Switches } from '..';

const CODE = '5786FF4C-4A93-45A2-BAF1-9461F376E8C5';
const UNKNOWN = { attendance_code: '7FD2B7AB-DFBE-4B35-A217-EC11791A4A80', role: 'a' };
const guest = (name: string, fields: object = {}) => ({
	email: `${name}@example.com`,
	name,
	surname: 'Doe',
	...fields,
});

let server: PerculusServer;

beforeAll(async () => {
	server = await startPerculusServer();
});
afterAll(() => server.stop());
beforeEach(() => {
	server.reset();
	server.preload({ session_guid: SESSION });
	server.preloadUser({ user_guid: USER, role: 'e', mobile: '1' });
	server.preloadAttendee(SESSION, { attendance_code: CODE, email: 'old@example.com' });
});

async function sent(items: unknown, switches: Partial<Switches> = {}) {
	server.set(switches);
	return await attendeeBatch(server, SESSION, items);
}

it('attendeeKeys', async () => {
	const [named] = (await sent([{ user_guid: USER }])).body.approved;
	expect(named).toMatchObject({ session_guid: SESSION, user_guid: USER });
	const [old] = (await sent([{ user_guid: USER }], { attendeeKeys: 'id' })).body.approved;
	expect(old).toMatchObject({ session_id: SESSION, user_id: USER });
	expect(old).not.toHaveProperty('session_guid');
	expect(old).not.toHaveProperty('user_guid');
});

it('guidCase', async () => {
	const [view] = (await sent([{ user_guid: USER }], { guidCase: 'lower' })).body.approved;
	expect(view).toMatchObject({
		session_guid: SESSION.toLowerCase(),
		user_guid: USER.toLowerCase(),
		attendance_code: expect.stringMatching(/^[0-9a-f-]{36}$/),
	});
});

it('emails', async () => {
	const email = async () => (await sent([guest('Ann')])).body.approved[0]?.email;
	expect(await email()).toBe('Ann@example.com');
	server.set({ emails: 'lowerCase' });
	expect(await email()).toBe('ann@example.com');
});

it('attendeeStatus and attendeeAllFailedBody', async () => {
	const statuses = async () => [
		(await sent([guest('Ann')])).status,
		(await sent([guest('Ann'), UNKNOWN])).status,
		(await sent([UNKNOWN])).status,
	];
	expect(await statuses()).toEqual([200, 207, 400]);
	server.set({ attendeeStatus: 'always200' });
	expect(await statuses()).toEqual([200, 200, 200]);
	expect((await sent([UNKNOWN])).body.rejected).toHaveLength(1);
	server.set({ attendeeAllFailedBody: 'code13' });
	expect(await statuses()).toEqual([200, 200, 400]);
	expect((await sent([UNKNOWN])).body).toEqual({
		code: 13,
		details: [{ model: UNKNOWN, state: { code: 40, details: 'Attendee not found.' } }],
	});
	expect((await sent([UNKNOWN], { allFailedBody: 'code13' })).body.code).toBe(13);
	server.set({ attendeeAllFailedBody: 'lists', attendeeStatus: 'byResult' });
	expect((await sent([UNKNOWN])).body.rejected).toHaveLength(1);
});

it('attendeeRejectedModel', async () => {
	const model = async (attendeeRejectedModel: Switches['attendeeRejectedModel']) =>
		(await sent([UNKNOWN], { attendeeRejectedModel })).body.rejected[0]?.model;
	expect(await model('sent')).toEqual(UNKNOWN);
	expect(await model('entity')).toMatchObject({ ...UNKNOWN, user_id: 0, email: null });
	expect(await model('null')).toBeNull();
});

it('attendeeSelectors', async () => {
	const both = { attendance_code: CODE, user_guid: USER, email: 'new@example.com' };
	expect((await sent([both])).body.approved).toMatchObject([
		{ attendance_code: CODE, user_guid: null, email: 'new@example.com' },
	]);
	const byUser = { user_guid: USER, email: 'mine@example.com' };
	expect((await sent([byUser])).body.approved).toMatchObject([byUser]);

	server.set({ attendeeSelectors: 'refused' });
	for (const item of [both, { ...both, email: undefined }, { ...both, user_guid: null }])
		expect((await sent([item])).body.rejected[0]?.state.code).toBe(15);
	// Documented: the e-mail of a user's attendee.
	expect((await sent([byUser])).body.approved).toMatchObject([byUser]);
});

it('attendeeUnsent', async () => {
	const first = [guest('Ann', { role: 'a', mobile: '2' }), { user_guid: USER, role: 'a' }];
	const again = [guest('Ann'), { user_guid: USER, mobile: '3' }];
	await sent([...first, { attendance_code: CODE, role: 'a' }]);
	expect((await sent(again)).body.approved).toMatchObject([
		{ role: 'a', mobile: '2' },
		{ role: 'a', mobile: '3' },
	]);
	expect((await sent(again, { attendeeUnsent: 'reset' })).body.approved).toMatchObject([
		{ role: 'u', mobile: null },
		{ role: 'e', mobile: '3' },
	]);
	const byCode = { attendance_code: CODE, mobile: '4' };
	expect((await sent([byCode])).body.approved).toMatchObject([{ role: 'a', mobile: '4' }]);
});

it('nullFields', async () => {
	await sent([guest('Ann', { role: 'a', mobile: '2' })]);
	const cleared = [guest('Ann', { role: null, mobile: null })];
	expect((await sent(cleared)).body.approved).toMatchObject([{ role: 'a', mobile: '2' }]);
	expect((await sent(cleared, { nullFields: 'clear' })).body.approved).toMatchObject([
		{ role: 'u', mobile: null },
	]);
});

it('malformedGuid: refused alone in any case, documented', async () => {
	const items = [{ user_guid: `${USER.slice(0, -1)}x` }, guest('Ann')];
	const code = async () => (await sent(items)).body.rejected[0]?.state.code;
	expect(await code()).toBe(52);
	server.set({ malformedGuid: 'malformed', malformed: 'wholeBody12' });
	expect(await code()).toBe(12);
	expect(server.attendeesOf(SESSION)).toHaveLength(2);
});

it('malformed', async () => {
	const items = [guest('Ann'), guest('Ben', { role: 5 })];
	expect((await sent(items, { malformed: 'modelBinding' })).text).toContain('$[1].role');
	expect((await sent([guest('Ann'), 5], { malformed: 'wholeBody12' })).body.code).toBe(12);
	expect(server.attendeesOf(SESSION)).toHaveLength(1);
	expect((await sent(items, { malformed: 'perItem' })).status).toBe(207);
	expect((await sent([5])).body.rejected).toMatchObject([{ model: null, state: { code: 12 } }]);
});

it('strictFieldNames', async () => {
	const items = [guest('Ann', { colour: 'red' })];
	expect((await sent(items)).status).toBe(200);
	expect((await sent(items, { strictFieldNames: true })).body.rejected[0]?.state).toEqual({
		code: 12,
		details: ['colour: Unknown field.'],
	});
});

it('attendeeLimit, emptyBatch', async () => {
	const items = [guest('Ann'), guest('Ben')];
	expect((await sent(items, { attendeeLimit: 1, batchLimit: 9 })).body.code).toBe(41);
	expect((await sent(items, { batchLimitStatus: 413 })).status).toBe(413);
	expect(server.attendeesOf(SESSION)).toHaveLength(1);
	expect((await sent(items.slice(1))).status).toBe(200);
	expect((await sent([])).body).toEqual({ approved: [], rejected: [] });
	expect((await sent([], { emptyBatch: 'refused' })).body.code).toBe(19);
});

it('refuseAttendee, attendeeOmit, attendeeStranger, order', async () => {
	const items = ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => guest(name));
	const names = async (switches: Partial<Switches>) =>
		(await sent(items, switches)).body.approved.map(({ name }) => name);
	expect(await names({})).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
	expect(await names({ order: 'reversed' })).toEqual(['F', 'E', 'D', 'C', 'B', 'A']);
	const mixed = await names({ order: 'shuffled', seed: 2 });
	expect(mixed).not.toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
	expect([...mixed].sort()).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);

	server.set({ order: 'request' });
	const refuseAttendee: Switches['refuseAttendee'] = ({ name }) =>
		name === 'C' ? { code: 42 } : null;
	const { status, body } = await sent(items, { refuseAttendee });
	expect([status, body.rejected[0]?.state]).toEqual([207, { code: 42, details: 'refused' }]);
	server.set({ refuseAttendee: () => null });

	expect(await names({ attendeeOmit: 2 })).toHaveLength(4);
	const omitsB: Switches['attendeeOmit'] = ({ name }) => name === 'B';
	expect(await names({ attendeeOmit: omitsB })).toEqual(['A', 'C', 'D', 'E', 'F']);
	expect(await names({ attendeeOmit: 0, attendeeStranger: 1 })).toEqual(
		expect.arrayContaining(['A', 'Stranger 1']),
	);
	expect(server.attendeesOf(SESSION)).toHaveLength(7);
});

it('order: later failures first, then failed validations, as for sessions', async () => {
	const items = [guest('Ann', { role: 'x' }), UNKNOWN];
	const codes = async (switches: Partial<Switches>) =>
		(await sent(items, switches)).body.rejected.map(({ state }) => state.code);
	expect(await codes({})).toEqual([40, 12]);
	expect(await codes({ order: 'request' })).toEqual([12, 40]);
});

it('language and details', async () => {
	const state = async (switches: Partial<Switches>) =>
		(await sent([UNKNOWN], switches)).body.rejected[0]?.state;
	expect(await state({ language: 'tr' })).toEqual({ code: 40, details: 'Katılımcı bulunamadı.' });
	expect(await state({ details: 'absent' })).toEqual({ code: 40 });
});
