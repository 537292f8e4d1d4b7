import { NodeHelpers, type INodeProperties, type IDataObject } from 'n8n-workflow';
import { SESSION_FIELDS } from '../../../nodes/Perculus/session/fields';
import { Perculus } from '../../../nodes/Perculus/Perculus.node';
import { faultCases, soon } from '../harness/faults';
import { expectNoSecrets, good, LATER, withServer, ZONE } from '../harness/setup';
import { mapping, runPerculusAsTool, type PerculusToolRun } from '../harness';
import { ADA, byGuid } from '../harness/attendees';

const fields = mapping({
	session_guid: "={{ $fromAI('guid', 'GUID of the session to change', 'string', '') }}",
	name: "={{ $fromAI('title', 'Name of the session', 'string') }}",
	start_date: "={{ $fromAI('start', 'When it starts', 'string') }}",
	duration: "={{ $fromAI('minutes', 'How long it takes', 'number') }}",
	'options.chat.offMessageModule':
		"={{ $fromAI('silent', 'Whether to turn the chat off', 'boolean') }}",
	timezone: ZONE,
});
const call = { title: 'CS201', start: LATER, minutes: 60, silent: true };

const ask = async (
	server: PerculusToolRun['server'],
	via: PerculusToolRun['via'],
	rest: Partial<PerculusToolRun> = {},
) =>
	await runPerculusAsTool({
		server,
		via,
		input: call,
		...rest,
		parameters: { fields: fields as never, ...rest.parameters },
	});

describe.each(['agentRequest', 'toolInvocation'] as const)('AI agent by %s', (via) => {
	it('fills mapped fields, including nested ones', async () => {
		await withServer(async (server) => {
			const { answer } = await ask(server, via);
			expect(answer).toMatchObject([{ name: 'CS201', outcome: 'created' }]);
			const options = { chat: { offMessageModule: true } };
			expect(server.batches()).toMatchObject([[{ name: 'CS201', duration: 60, options }]]);
			expect(server.batches()[0]?.[0]).not.toHaveProperty('session_guid');
		});
	});

	it('reads a rejection of Perculus with its code, its message and whether to try again', async () => {
		await withServer(
			async (server) => {
				const { answer } = await ask(server, via);
				const rejection = {
					source: 'perculus',
					code: 35,
					retryable: false,
					message: expect.any(String) as string,
				};
				expect(answer).toMatchObject([{ outcome: 'rejected', rejection }]);
			},
			{ licenseLimit: 0 },
		);
	});

	// With the Error output, n8n gives its default agent no response: see the tests of the harness.
	const modes = ['continueRegularOutput', 'continueErrorOutput'] as const;
	it.each(via === 'agentRequest' ? modes.slice(0, 1) : modes)(
		'reads the outcome and reason of each failed request with %s',
		async (onError) => {
			const cases = faultCases({ url: 'http://127.0.0.1:1' });
			await Promise.all(
				cases.map(async (met) => {
					const { fault, credentials = {}, applied, reason } = met;
					await withServer(async (server) => {
						if (fault) server.fail({ route: 'batch', times: 99, ...fault });
						const parameters = { options: soon(met) as never };
						const done = await ask(server, via, { onError, credentials, parameters });
						const outcome = applied === 'no' ? 'rejected' : 'unknown';
						expect(done.answer).toMatchObject([{ outcome, rejection: { reason } }]);
						expect(server.sessions.size).toBeLessThan(2);
						expectNoSecrets(done);
					});
				}),
			);
		},
	);

	it('is asked to check in Perculus if a create may exist, also when the tool throws', async () => {
		await withServer(async (server) => {
			server.fail({ route: 'batch', drop: 'after' });
			const done = await ask(server, via);
			expect(done.observation ?? done.thrown?.message).toMatch(/Check in Perculus/);
			expect(server.batches()).toHaveLength(1);
		});
	});

	it.each(['none', 'None', 'NULL', ' n/a '])('may send %s as an empty value', async (nothing) => {
		await withServer(async (server) => {
			const done = await ask(server, via, { input: { ...call, guid: nothing } });
			expect(done.answer).toMatchObject([{ name: 'CS201', outcome: 'created' }]);
			expect(server.batches()[0]?.[0]).not.toHaveProperty('session_guid');
			const nameless = await ask(server, via, { input: { ...call, title: nothing } });
			expect(nameless.answer).toMatchObject([
				{
					outcome: 'rejected',
					rejection: { details: ['Name is missing; a new session needs it'] },
				},
			]);
		});
	});

	it("keeps a name that the person wrote as 'None'", async () => {
		await withServer(async (server) => {
			const constant = { ...fields.value, name: 'None' };
			const parameters = { fields: { ...fields, value: constant } as never };
			const { answer } = await ask(server, via, { parameters });
			expect(answer).toMatchObject([{ name: 'None', outcome: 'created' }]);
		});
	});

	it("auto-maps the item without the agent's own keys", async () => {
		await withServer(async (server) => {
			const { row: _, name, ...item } = good('a');
			const fieldsAuto = { mappingMode: 'autoMapInputData', value: null } as never;
			const done = await ask(server, via, {
				agentItem: {
					...item,
					'Session Name': name as string,
					chatInput: 'x',
					name: 'perculus',
					toolCallId: 'call_1',
				},
				input: {},
				parameters: { fields: fieldsAuto },
			});
			// Other agents pass only the arguments, so their item has no session.
			if (via === 'agentRequest') expect(done.answer).toMatchObject([{ name, outcome: 'created' }]);
			else expect(done.answer).toMatchObject([{ outcome: 'rejected' }]);
			expect(JSON.stringify(server.batches())).not.toContain('chatInput');
		});
	});
});

describe('Descriptions for AI agents', () => {
	const { description } = new Perculus();
	const withNested = (properties: readonly INodeProperties[]): INodeProperties[] =>
		properties.flatMap((one) => [
			one,
			...(one.type === 'collection' ? withNested((one.options ?? []) as INodeProperties[]) : []),
		]);

	it('the node is usable as a tool and describes what it does', () => {
		expect(description.usableAsTool).toBe(true);
		expect(description.description).toMatch(/create or update .*sessions/i);
	});

	it.each([
		['upsert', 'Create or update session in Perculus'],
		['create', 'Create session in Perculus'],
		['update', 'Update session in Perculus'],
		['get', 'Get session in Perculus'],
		['getAll', 'Get many sessions in Perculus'],
		['delete', 'Delete session in Perculus'],
	])('the tool description of %s names the operation and resource', (operation, expected) => {
		const parameters = { resource: 'session', operation };
		expect(NodeHelpers.makeDescription(parameters, description)).toBe(expected);
	});

	it('each parameter that an agent can fill has a description', () => {
		const fillable = withNested(description.properties).filter(
			({ type, noDataExpression }) =>
				type !== 'collection' && type !== 'notice' && !noDataExpression,
		);
		expect(fillable.length).toBeGreaterThan(5);
		for (const { name, description: text } of fillable)
			expect([name, text]).toEqual([name, expect.stringMatching(/\w{3,} \w/)]);
	});

	it('each session field has a label in words', () => {
		for (const { label } of SESSION_FIELDS) expect(label).toMatch(/^[A-Z][\w ,:()–-]+$/);
	});
});

it('an agent by agentRequest that sends no arguments reads which fields are missing', async () => {
	await withServer(async (server) => {
		const { answer } = await ask(server, 'agentRequest', { input: {} });
		const details = ['Name', 'Start Date', 'Duration (Minutes)'].map(
			(label) => `${label} is missing; a new session needs it`,
		);
		expect(answer).toMatchObject([{ outcome: 'rejected', rejection: { details } }]);
		expect(server.batches()).toEqual([]);
	});
});

// Agents of the other kind validate the arguments before the node gets them.
it('an agent by agentRequest can send numbers as text, and reads what a number must be', async () => {
	await withServer(async (server) => {
		const taken = await ask(server, 'agentRequest', { input: { ...call, minutes: '45' } });
		expect(taken.answer).toMatchObject([{ duration: 45, outcome: 'created' }]);
		const refused = await ask(server, 'agentRequest', { input: { ...call, minutes: 'an hour' } });
		expect(refused.observation).toMatch(/whole number of minutes/);
		expect(server.batches()).toHaveLength(1);
	});
});

describe('Attendees for AI agents', () => {
	const fields = mapping({
		email: "={{ $fromAI('email', 'E-mail address of the person', 'string') }}",
		name: "={{ $fromAI('first', 'First name', 'string') }}",
		surname: "={{ $fromAI('last', 'Last name', 'string') }}",
		role: "={{ $fromAI('role', 'Admin, Instructor or User', 'string', 'User') }}",
	});

	const ask = async (
		server: PerculusToolRun['server'],
		via: PerculusToolRun['via'],
		operation: string,
		input: IDataObject,
		parameters: IDataObject = {},
	) =>
		await runPerculusAsTool({
			server,
			via,
			input,
			parameters: {
				resource: 'attendee',
				operation,
				session: byGuid("={{ $fromAI('session', 'GUID of the session', 'string') }}") as never,
				...(operation === 'upsert' && { fields: fields as never }),
				...((operation === 'get' || operation === 'delete') && {
					attendee: "={{ $fromAI('who', 'E-mail address of the person', 'string') }}",
				}),
				...parameters,
			} as never,
		});

	describe.each(['agentRequest', 'toolInvocation'] as const)('AI agent by %s', (via) => {
		it('saves, finds, lists and deletes an attendee', async () => {
			await withServer(async (server) => {
				const { session_guid } = server.preload({});
				const person = { email: ADA.email, first: 'Ada', last: 'Lovelace', role: 'Instructor' };
				const saved = await ask(server, via, 'upsert', { session: session_guid, ...person });
				expect(saved.answer).toMatchObject([{ outcome: 'saved', session_guid, ...ADA, role: 'e' }]);

				const who = { session: session_guid, who: ADA.email };
				const found = await ask(server, via, 'get', who);
				expect(found.answer).toMatchObject([{ session_guid, ...ADA }]);
				const all = await ask(server, via, 'getAll', { session: session_guid });
				expect(all.answer).toMatchObject([{ session_guid, ...ADA }]);

				const gone = await ask(server, via, 'delete', who);
				expect(gone.answer).toEqual([{ deleted: true, session_guid, attendee: ADA.email }]);
				expect(server.attendeesOf(session_guid)).toEqual([]);
			});
		});

		it("reads why an attendee was rejected, and can't send a request to another path", async () => {
			await withServer(async (server) => {
				const { session_guid } = server.preload({});
				const input = {
					session: session_guid,
					email: 'ada',
					first: 'Ada',
					last: 'L',
					role: 'Boss',
				};
				const refused = await ask(server, via, 'upsert', input);
				expect(refused.answer).toMatchObject([
					{ outcome: 'rejected', rejection: { source: 'check' }, attendee: { role: 'Boss' } },
				]);
				for (const operation of ['get', 'delete']) {
					const led = await ask(server, via, operation, { session: session_guid, who: '..' });
					expect(led.answer).toMatchObject([{ outcome: 'rejected', attendee: '..' }]);
				}
				expect(server.requests).toEqual([]);
				expect(server.sessions.size).toBe(1);
			});
		});
	});
});
