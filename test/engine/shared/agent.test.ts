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

describe.each(['agentRequest', 'toolInvocation'] as const)('an agent, by %s', (via) => {
	it('fills mapped fields, nested ones and all', async () => {
		await withServer(async (server) => {
			const { answer } = await ask(server, via);
			expect(answer).toMatchObject([{ name: 'CS201', outcome: 'created' }]);
			const options = { chat: { offMessageModule: true } };
			expect(server.batches()).toMatchObject([[{ name: 'CS201', duration: 60, options }]]);
			expect(server.batches()[0]?.[0]).not.toHaveProperty('session_guid');
		});
	});

	it('reads every rejection of Perculus: reason, sentence, whether to try again', async () => {
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

	// With the Error output, n8n hands its default agent nothing at all: see the harness' own tests.
	const modes = ['continueRegularOutput', 'continueErrorOutput'] as const;
	it.each(via === 'agentRequest' ? modes.slice(0, 1) : modes)(
		'learns of each failed request with %s',
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

	it('is told to look first when a create may exist, also where the tool throws', async () => {
		await withServer(async (server) => {
			server.fail({ route: 'batch', drop: 'after' });
			const done = await ask(server, via);
			expect(done.observation ?? done.thrown?.message).toMatch(/Check in Perculus/);
			expect(server.batches()).toHaveLength(1);
		});
	});

	it.each(['none', 'None', 'NULL', ' n/a '])(
		'may say %s where it has nothing to say',
		async (nothing) => {
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
		},
	);

	it('leaves the words of the person alone', async () => {
		await withServer(async (server) => {
			const constant = { ...fields.value, name: 'None' };
			const parameters = { fields: { ...fields, value: constant } as never };
			const { answer } = await ask(server, via, { parameters });
			expect(answer).toMatchObject([{ name: 'None', outcome: 'created' }]);
		});
	});

	it("auto-maps the item, but not the agent's own keys", async () => {
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
			// Other agents hand over the arguments alone, so that there the item has no session.
			if (via === 'agentRequest') expect(done.answer).toMatchObject([{ name, outcome: 'created' }]);
			else expect(done.answer).toMatchObject([{ outcome: 'rejected' }]);
			expect(JSON.stringify(server.batches())).not.toContain('chatInput');
		});
	});
});

describe('what an agent reads about the node', () => {
	const { description } = new Perculus();
	const told = (properties: readonly INodeProperties[]): INodeProperties[] =>
		properties.flatMap((one) => [
			one,
			...(one.type === 'collection' ? told((one.options ?? []) as INodeProperties[]) : []),
		]);

	it('is usable as a tool, and says what it does and when', () => {
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
	])('is told what %s does', (operation, told) => {
		const parameters = { resource: 'session', operation };
		expect(NodeHelpers.makeDescription(parameters, description)).toBe(told);
	});

	it('describes each parameter that it may fill', () => {
		const fillable = told(description.properties).filter(
			({ type, noDataExpression }) =>
				type !== 'collection' && type !== 'notice' && !noDataExpression,
		);
		expect(fillable.length).toBeGreaterThan(5);
		for (const { name, description: text } of fillable)
			expect([name, text]).toEqual([name, expect.stringMatching(/\w{3,} \w/)]);
	});

	it('names each field in words', () => {
		for (const { label } of SESSION_FIELDS) expect(label).toMatch(/^[A-Z][\w ,:()–-]+$/);
	});
});

it('an agent, by agentRequest, that gives no arguments at all is told what is missing', async () => {
	await withServer(async (server) => {
		const { answer } = await ask(server, 'agentRequest', { input: {} });
		const details = ['Name', 'Start Date', 'Duration (Minutes)'].map(
			(label) => `${label} is missing; a new session needs it`,
		);
		expect(answer).toMatchObject([{ outcome: 'rejected', rejection: { details } }]);
		expect(server.batches()).toEqual([]);
	});
});

// Agents of the other kind check the arguments themselves, before the node sees them.
it('an agent, by agentRequest, gives numbers as text, and learns what a number has to be', async () => {
	await withServer(async (server) => {
		const taken = await ask(server, 'agentRequest', { input: { ...call, minutes: '45' } });
		expect(taken.answer).toMatchObject([{ duration: 45, outcome: 'created' }]);
		const refused = await ask(server, 'agentRequest', { input: { ...call, minutes: 'an hour' } });
		expect(refused.observation).toMatch(/whole number of minutes/);
		expect(server.batches()).toHaveLength(1);
	});
});

describe('attendees', () => {
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

	describe.each(['agentRequest', 'toolInvocation'] as const)('an agent, by %s', (via) => {
		it('saves, finds, lists and deletes a person', async () => {
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

		it('reads why a person was refused, and is led to no other place', async () => {
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
