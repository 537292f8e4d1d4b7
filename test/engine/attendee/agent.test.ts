import type { IDataObject } from 'n8n-workflow';

import { withServer } from '../harness/setup';
import { mapping, runPerculusAsTool, type PerculusToolRun } from '../harness';
import { ADA, byGuid } from '../harness/attendees';

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
			const input = { session: session_guid, email: 'ada', first: 'Ada', last: 'L', role: 'Boss' };
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
