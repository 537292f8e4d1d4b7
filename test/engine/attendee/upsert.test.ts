import type { IDataObject } from 'n8n-workflow';

import { jsonOf, withServer } from '../harness/setup';
import { mapping } from '../harness';
import {
	ADA,
	byGuid,
	byList,
	byReference,
	person,
	runAttendees,
	sentTo,
} from '../harness/attendees';

const USER = 'AAAAAAAA-0000-4000-8000-000000000001';
const CODE = 'CCCCCCCC-0000-4000-8000-000000000003';

const messageOf = ({ rejection }: IDataObject) => String((rejection as IDataObject).message);
const detailsOf = ({ rejection }: IDataObject) => (rejection as IDataObject).details as string[];

/** Sends one item to an existing session, and returns the output and the requests. */
async function sendOne(item: IDataObject, options: IDataObject = {}) {
	return await withServer(async (server) => {
		const { session_guid } = server.preload({});
		server.preloadUser({ user_guid: USER, email: 'grace@account.example' });
		server.preloadAttendee(session_guid, { attendance_code: CODE, email: 'known@school.example' });
		const done = await runAttendees(server, [item], { session: byGuid(session_guid), options });
		const sent = sentTo(server);
		return { done, sent, json: jsonOf([...done.approved, ...done.rejected])[0] ?? {} };
	});
}

describe('Requests of Create or Update attendees', () => {
	it('sends one request for each session, in the order of the items, with its GUID in any case', async () => {
		await withServer(async (server) => {
			const [a, b] = [server.preload({}).session_guid, server.preload({}).session_guid];
			const of = (session_guid: string, row: number) => person(row, { session_guid });
			const items = [of(b, 1), of(a, 2), of(b.toLowerCase(), 3), of(a, 4)];
			const done = await runAttendees(server, items);
			expect(done.probed.approved).toEqual(['1', '2', '3', '4']);
			const requests = server.requestsTo('attendeeBatch');
			expect(requests.map(({ path }) => path)).toEqual([
				`/xapi/v2/session/${b}/attendee/batch`,
				`/xapi/v2/session/${a}/attendee/batch`,
			]);
			expect(sentTo(server).map((body) => body.map(({ name }) => name))).toEqual([
				['Name 1', 'Name 3'],
				['Name 2', 'Name 4'],
			]);
			expect(jsonOf(done.approved).map(({ session_guid }) => session_guid)).toEqual(
				items.map(({ session_guid }) => session_guid),
			);
		});
	});

	it('sends four requests at a time', async () => {
		await withServer(async (server) => {
			const items = Array.from({ length: 12 }, (_, i) =>
				person(i, { session_guid: server.preload({}).session_guid }),
			);
			const route = 'attendeeBatch';
			server.fail({ route, until: server.arrival(4, route), times: 4 });
			const done = await runAttendees(server, items);
			expect(done.approved).toHaveLength(12);
			expect(server.maxInFlight('attendeeBatch')).toBe(4);
			expect(server.requests).toHaveLength(12);
		});
	});

	it('sends no request if no item is valid', async () => {
		await withServer(async (server) => {
			await runAttendees(server, [{ session_guid: 'x' }, {}]);
			expect(server.requests).toEqual([]);
		});
	});

	it('sends requests of the Batch Size', async () => {
		await withServer(async (server) => {
			const session_guid = server.preload({}).session_guid;
			const items = [1, 2, 3, 4, 5].map((row) => person(row, { session_guid }));
			await runAttendees(server, items, { options: { batchSize: 2 } });
			expect(sentTo(server).map(({ length }) => length)).toEqual([2, 2, 1]);
		});
	});
});

describe('The fields that name an attendee', () => {
	it('sends an Attendance Code without the email address and User GUID of the item', async () => {
		const item = { ...ADA, email: 'Known@school.example', attendance_code: CODE, role: 'e' };
		const { sent, json } = await sendOne({ ...item, user_guid: USER });
		expect(sent).toEqual([
			[{ attendance_code: CODE, name: 'Ada', surname: 'Lovelace', role: 'e' }],
		]);
		expect(json).toMatchObject({ outcome: 'saved', role: 'e', email: 'known@school.example' });
		expect(json).not.toHaveProperty('warnings');
	});

	it('warns if the Attendance Code belongs to another email address than that of the item', async () => {
		const { json } = await sendOne({ ...ADA, attendance_code: CODE });
		expect(json).toMatchObject({
			outcome: 'saved',
			warnings: [
				'The Attendance Code of this item is that of known@school.example, but the item has ada@school.example. Check which attendee is right.',
			],
		});
	});

	it('sends a User GUID together with the email address', async () => {
		const { sent, json } = await sendOne({ user_guid: `{${USER}}`, email: 'g@school.example' });
		expect(sent).toEqual([[{ user_guid: USER, email: 'g@school.example' }]]);
		expect(json).toMatchObject({ outcome: 'saved', user_guid: USER, email: 'g@school.example' });
	});

	it('sends an email address together with first and last name', async () => {
		const { sent, json } = await sendOne(ADA);
		expect(sent).toEqual([[ADA]]);
		expect(json).toMatchObject({ outcome: 'saved', ...ADA, role: 'u' });
	});

	it.each<[string, IDataObject, string[]]>([
		[
			'only an email address',
			{ email: 'a@x.example' },
			['First Name is missing', 'Last Name is missing'],
		],
		['only names', { name: 'Ada', surname: 'L' }, ['Email is missing']],
		['no field', {}, ['Email is missing']],
		['an invalid email address', { ...ADA, email: 'ada' }, ['Email must be one email address']],
		['two email addresses', { ...ADA, email: 'a@x.example, b@x.example' }, ['Email must be one']],
		[
			'an email address after a name',
			{ ...ADA, email: 'Ada <a@x.example>' },
			['Email must be one'],
		],
		['an unknown role', { ...ADA, role: 'Teacher' }, ['Role must be Admin (a)']],
		['an invalid User GUID', { user_guid: '42' }, ['User GUID must look like']],
		['an invalid Attendance Code', { attendance_code: 'abc' }, ['Attendance Code must look like']],
		[
			'a User GUID of zeros',
			{ user_guid: '00000000-0000-0000-0000-000000000000' },
			['User GUID must look like'],
		],
		[
			'several invalid fields',
			{ email: 'x', role: 9, user_guid: 'y' },
			['Email must be', 'Role must be', 'User GUID must'],
		],
	])('rejects an item with %s without a request', async (_, item, texts) => {
		const { done, sent, json } = await sendOne(item);
		expect(sent).toEqual([]);
		expect(done.approved).toEqual([]);
		expect(json).toMatchObject({
			outcome: 'rejected',
			rejection: { source: 'check', reason: 'validation_error', code: null, retryable: false },
			attendee: item,
		});
		expect(detailsOf(json)).toHaveLength(texts.length);
		texts.forEach((text, i) => expect(detailsOf(json)[i]).toContain(text));
		for (const text of texts) expect(messageOf(json)).toContain(text);
	});

	it('names the unused columns of an item without required fields', async () => {
		const { json } = await sendOne({ 'Full Name': 'Ada L', Address: 'x' });
		expect(messageOf(json)).toContain("not used: 'Full Name', 'Address'");
	});
});

describe('Automatic mapping of attendees', () => {
	it.each<[string, IDataObject]>([
		['ids', { email: 'a@x.example', name: 'Ada', surname: 'L', role: 'e', mobile: '1' }],
		[
			'labels',
			{
				Email: 'a@x.example',
				'First Name': 'Ada',
				'Last Name': 'L',
				Role: 'e',
				'Mobile Phone': '1',
			},
		],
		[
			'usual spellings',
			{ 'E-Mail': 'a@x.example', firstName: 'Ada', last_name: 'L', ROLE: 'e', mobilePhone: '1' },
		],
		[
			'synonyms',
			{ mail: 'a@x.example', 'Given name': 'Ada', 'family-name': 'L', role: 'e', Phone: '1' },
		],
		[
			'further synonyms',
			{ 'E-mail address': ' a@x.example ', first_name: 'Ada', lastname: 'L', role: 'e', phone: 1 },
		],
	])('maps the input fields by %s', async (_, item) => {
		const { sent } = await sendOne(item);
		expect(sent).toEqual([
			[{ email: 'a@x.example', name: 'Ada', surname: 'L', role: 'e', mobile: '1' }],
		]);
	});

	it.each([
		['a', 'a'],
		['Admin', 'a'],
		['E', 'e'],
		[' instructor ', 'e'],
		['USER', 'u'],
		['e+', 'e+'],
	])("sends the role '%s' as '%s'", async (role, letter) => {
		const { sent } = await sendOne({ ...ADA, role });
		expect(sent).toEqual([[{ ...ADA, role: letter }]]);
	});

	it('sends no empty fields', async () => {
		const { sent } = await sendOne({ ...ADA, role: '', mobile: null, user_guid: ' ', phone: '5' });
		expect(sent).toEqual([[{ ...ADA, mobile: '5' }]]);
	});

	it('sends manually mapped fields, and rejects the item without a first name', async () => {
		await withServer(async (server) => {
			const { session_guid } = server.preload({});
			const fields = mapping({
				email: '={{ $json.Teacher }}',
				name: '={{ $json.Who.split(" ")[0] }}',
				surname: '={{ $json.Who.split(" ")[1] }}',
				role: 'e',
			});
			const items = [
				{ row: 'a', Teacher: 'ada@school.example', Who: 'Ada Lovelace' },
				{ row: 'b', Teacher: 'bob@school.example' },
			];
			const done = await runAttendees(server, items, {
				session: byList(session_guid),
				parameters: { fields: fields as never },
			});
			expect(done.probed).toMatchObject({ approved: ['a'], rejected: ['b'] });
			expect(sentTo(server)).toEqual([[{ ...ADA, role: 'e' }]]);
			expect(messageOf(jsonOf(done.rejected)[0] ?? {})).toContain('First Name is missing');
		});
	});
});

describe('One attendee twice in a request', () => {
	it.each<[string, IDataObject, IDataObject]>([
		['email address', ADA, { ...ADA, email: 'ADA@school.example' }],
		['User GUID', { user_guid: USER }, { user_guid: USER.toLowerCase() }],
		[
			'Attendance Code',
			{ attendance_code: CODE },
			{ attendance_code: CODE.toLowerCase(), mobile: '1' },
		],
		[
			'email address of a user',
			{ user_guid: USER, email: 'x@x.example' },
			{ ...ADA, email: 'x@x.example' },
		],
		[
			'email address beside a code',
			{ attendance_code: CODE, email: 'known@school.example' },
			{ ...ADA, email: 'known@school.example' },
		],
	])('rejects the second item with the same %s in a session', async (_, first, second) => {
		await withServer(async (server) => {
			const { session_guid } = server.preload({});
			server.preloadUser({ user_guid: USER });
			server.preloadAttendee(session_guid, {
				attendance_code: CODE,
				email: 'known@school.example',
			});
			const other = server.preload({}).session_guid;
			server.preloadAttendee(other, { attendance_code: CODE, email: 'known@school.example' });
			const items = [
				{ row: '1', session_guid, ...first },
				{ row: '2', session_guid, ...second },
				{ row: '3', session_guid: other, ...second },
			];
			for (const dryRun of [true, false]) {
				const done = await runAttendees(server, items, { options: { dryRun } });
				expect(done.probed).toMatchObject({ approved: ['1', '3'], rejected: ['2'] });
				expect(messageOf(jsonOf(done.rejected)[0] ?? {})).toContain('Same attendee as [item 0]');
			}
		});
	});
});

describe('The session of attendees', () => {
	const GUID = '61E3D504-13EE-447F-9B36-6686C5C39FEB';

	it.each([
		['from the list', byList(GUID)],
		['by its GUID', byGuid(GUID)],
		['by an expression in the list', byList('={{ $json.where }}')],
		['by an expression as a GUID', byGuid('={{ $json.where }}')],
		['by its reference', byReference('deal-7')],
		['by its reference from the item', byReference('={{ $json.deal }}')],
	])('saves the attendee in a session %s', async (_, session) => {
		await withServer(async (server) => {
			server.preload({ session_guid: GUID, tags: 'x,ref:deal-7' });
			const items = [{ ...person(1), where: GUID, deal: ' deal-7' }];
			const done = await runAttendees(server, items, { session });
			expect(jsonOf(done.approved)).toMatchObject([{ outcome: 'saved', session_guid: GUID }]);
			expect(server.attendeesOf(GUID)).toHaveLength(1);
			const isByReference = session.mode === 'reference';
			expect(jsonOf(done.approved)[0]).toEqual(
				isByReference
					? expect.objectContaining({
							session_reference: expect.stringContaining('deal-7') as string,
						})
					: expect.not.objectContaining({ session_reference: expect.anything() as unknown }),
			);
		});
	});

	it.each<[string, unknown]>([
		['a text', 'deal-7'],
		['an empty text', ''],
		['a path', '..'],
		['a GUID of zeros', '00000000-0000-0000-0000-000000000000'],
	])(
		'reports an invalid session (%s) together with other issues, and sends nothing',
		async (_, session_guid) => {
			await withServer(async (server) => {
				const done = await runAttendees(server, [
					{ session_guid, ...person(1, { role: 'x' }) } as IDataObject,
				]);
				expect(server.requests).toEqual([]);
				const [json = {}] = jsonOf(done.rejected);
				expect(json).toMatchObject({ rejection: { source: 'check' }, session_guid });
				expect(detailsOf(json)).toEqual([
					expect.stringMatching(/^Session /),
					expect.stringMatching(/^Role /),
				]);
			});
		},
	);

	it("rejects only the attendees of a session that doesn't exist", async () => {
		await withServer(async (server) => {
			const { session_guid } = server.preload({});
			const items = [
				person(1, { session_guid: GUID }),
				person(2, { session_guid }),
				person(3, { session_guid: GUID }),
			];
			const done = await runAttendees(server, items);
			expect(done.thrown).toBeUndefined();
			expect(done.probed).toMatchObject({ approved: ['2'], rejected: ['1', '3'] });
			expect(jsonOf(done.rejected)).toMatchObject(
				[1, 3].map((row) => ({
					outcome: 'rejected',
					rejection: { source: 'perculus', reason: 'session_not_found', code: 30 },
					attendee: { email: `p${row}@school.example` },
					session_guid: GUID,
				})),
			);
		});
	});

	it('rejects a reference of no session, of several sessions, and an invalid one', async () => {
		await withServer(async (server) => {
			const one = server.preload({ tags: 'ref:one' }).session_guid;
			const [a, b] = [server.preload({ tags: 'ref:two' }), server.preload({ tags: 'ref:two' })];
			const items = ['one', 'two', 'none', '', 'a,b'].map((deal, i) => person(i, { deal }));
			const done = await runAttendees(server, items, { session: byReference('={{ $json.deal }}') });
			expect(done.probed).toMatchObject({ approved: ['0'], rejected: ['1', '2', '3', '4'] });
			expect(jsonOf(done.approved)).toMatchObject([
				{ session_guid: one, session_reference: 'one' },
			]);
			const [several, none, empty, comma] = jsonOf(done.rejected);
			expect(several).toMatchObject({
				rejection: { source: 'lookup', reason: 'ambiguous_reference', code: null },
				session_guid: null,
				session_reference: 'two',
			});
			expect([...((several?.candidates ?? []) as string[])].sort()).toEqual(
				[a.session_guid, b.session_guid].sort(),
			);
			expect(messageOf(several ?? {})).toMatch(/Possible sessions: /);
			expect(none).toMatchObject({
				rejection: { source: 'lookup', reason: 'session_not_found', code: null },
				session_guid: null,
				session_reference: 'none',
				attendee: { email: 'p2@school.example' },
			});
			for (const json of [empty, comma])
				expect(json).toMatchObject({ rejection: { source: 'check' } });
			expect(server.requestsTo('attendeeBatch')).toHaveLength(1);
		});
	});

	it('sends nothing if the search for the reference fails', async () => {
		await withServer(async (server) => {
			server.preload({ tags: 'ref:one' });
			server.fail({ route: 'search', status: 403, times: 99 });
			const run = (onError: 'continueRegularOutput' | 'stopWorkflow') =>
				runAttendees(server, [person(1)], { session: byReference('one'), onError });
			const done = await run('continueRegularOutput');
			expect(jsonOf(done.rejected)).toMatchObject([
				{ outcome: 'rejected', rejection: { source: 'request' }, session_reference: 'one' },
			]);
			expect((await run('stopWorkflow')).thrown).toBeDefined();
			expect(server.requestsTo('attendeeBatch')).toEqual([]);
		});
	});
});

describe('The options of Create or Update attendees', () => {
	it('Dry Run sends nothing and shows what would be sent', async () => {
		const { done, sent, json } = await sendOne({ ...ADA, Role: 'Instructor' }, { dryRun: true });
		expect(sent).toEqual([]);
		expect(json).toEqual({
			outcome: 'would_save',
			session_guid: expect.any(String) as string,
			...ADA,
			role: 'e',
		});
		expect(done.hints).toMatchObject([
			{ type: 'warning', message: expect.stringContaining('Nothing was written') as string },
			{ type: 'info', message: '1 attendee would be saved.' },
		]);
	});

	it('Include Input adds the input to the items of both outputs', async () => {
		for (const item of [ADA, { email: 'x' }]) {
			const { json } = await sendOne(item, { includeInput: true });
			expect(json.input).toEqual(item);
		}
	});

	it('Join URL adds a link with the code, and by default there is none', async () => {
		const joinUrl = 'https://school.example/app?c={code}&again={code}';
		const { json } = await sendOne(ADA, { joinUrl });
		const code = String(json.attendance_code);
		expect(code).toMatch(/^[0-9A-F-]{36}$/);
		expect(json.join_url).toBe(`https://school.example/app?c=${code}&again=${code}`);
		for (const options of [{}, { joinUrl: '' }])
			expect((await sendOne(ADA, options)).json).not.toHaveProperty('join_url');
	});

	it('Join URL may be an expression, and an invalid one rejects the item without a request', async () => {
		const expression = '={{ $json.link }}';
		const link = 'https://acme.example/{code}';
		const good = await sendOne({ ...ADA, link }, { joinUrl: expression });
		expect(good.json.join_url).toBe(`https://acme.example/${String(good.json.attendance_code)}`);
		for (const bad of ['https://acme.example/', 7]) {
			const { sent, json } = await sendOne({ ...ADA, link: bad }, { joinUrl: expression });
			expect(sent).toEqual([]);
			expect(messageOf(json)).toContain("'Join URL' must have {code}");
		}
		const failing = await sendOne(ADA, { joinUrl: "={{ $('Nowhere').item.json.link }}" });
		expect(failing.sent).toEqual([]);
		expect(messageOf(failing.json)).toContain("'Join URL' has an expression");
	});

	it('Join URL adds no link if the response has no code', async () => {
		await withServer(async (server) => {
			const { session_guid } = server.preload({});
			server.fail({
				route: 'attendeeBatch',
				body: { approved: [{ email: 'p1@school.example' }], rejected: [] },
			});
			const done = await runAttendees(server, [person(1, { session_guid })], {
				options: { joinUrl: 'https://x.example/{code}' },
			});
			expect(jsonOf(done.approved)).toEqual([
				{ outcome: 'saved', session_guid, email: 'p1@school.example' },
			]);
		});
	});
});
