import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

import { PerculusApi } from '../../../credentials/PerculusApi.credentials';
import { Perculus } from '../../../nodes/Perculus/Perculus.node';
import { ACCESS_KEY, bearerToken, SECRET_KEY } from '../../perculus-server';
import { faultCases, soon } from '../harness/faults';
import { expectNoSecrets, good, jsonOf, runAt, withServer } from '../harness/setup';
import { runNode } from '../harness/run';

/** Everything that a run writes to the console and to n8n's log. */
async function writtenWhile(run: () => Promise<void>): Promise<unknown[]> {
	const written: unknown[] = [];
	const note = (...words: unknown[]) => void written.push(words);
	const logger = Container.get(Logger);
	const spies = [
		...(['log', 'info', 'warn', 'error', 'debug', 'trace'] as const).map((name) =>
			jest.spyOn(console, name).mockImplementation(note),
		),
		...(['info', 'warn', 'error', 'debug'] as const).map((name) =>
			jest.spyOn(logger, name).mockImplementation(note),
		),
	];
	try {
		await run();
	} finally {
		for (const spy of spies) spy.mockRestore();
	}
	return written;
}

it('no key or bearer token appears in outputs, hints, messages and logs after any fault', async () => {
	const cases = faultCases({ url: 'http://127.0.0.1:1' });
	const written = await writtenWhile(async () => {
		await Promise.all(
			cases.flatMap(({ fault, credentials = {} }) =>
				(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const).map(
					async (onError) => {
						await withServer(async (server) => {
							// The search meets the same fault.
							if (fault) server.fail({ times: 99, ...fault });
							const items = [good('a'), good('b', { duration: 'x' })];
							const options = { ...soon({ fault }), includeInput: true };
							expectNoSecrets(await runAt(server, items, options, { onError, credentials }));
						});
					},
				),
			),
		);
	});
	expectNoSecrets(written);
});

it('no key appears in the message about an invalid credential', async () => {
	const broken = [
		{ accessKey: `${ACCESS_KEY}\n` + 'ü' },
		{ accessKey: '' },
		{ secretKey: '' },
		{ domain: `https://${ACCESS_KEY}:${SECRET_KEY}@perculus.example` },
		{ domain: `ftp://${SECRET_KEY}` },
	];
	await withServer(async (server) => {
		for (const credentials of broken) {
			const done = await runAt(server, [good('a')], {}, { credentials });
			expect(done.status).toBe('error');
			expectNoSecrets(done);
		}
		expect(server.requests).toEqual([]);
	});
});

it('the credential signs no request to another origin', async () => {
	await withServer(async (server) => {
		await withServer(async (elsewhere) => {
			const type: INodeType = Object.assign(new Perculus(), {
				async execute(this: IExecuteFunctions) {
					await this.helpers.httpRequestWithAuthentication.call(this, 'perculusApi', {
						method: 'POST',
						url: `${elsewhere.url}/xapi/v2/session/search`,
						body: {},
					});
					return [[], []];
				},
			});
			const data = { domain: server.url, accessKey: ACCESS_KEY, secretKey: SECRET_KEY };
			const credential = { type: new PerculusApi(), data };
			const done = await runNode({ type, items: [{}], credential });

			expect(done.thrown).toBeDefined();
			expect(elsewhere.requests).toEqual([]);
			expectNoSecrets(done);
		});
	});
});

it('no key appears in an item if the details of Perculus repeat it', async () => {
	await withServer(async (server) => {
		const details = () => [`Bad header: ${String(server.requests.at(-1)?.headers.authorization)}.`];
		server.set({ refuse: () => ({ code: 15, details: details() }) });
		const done = await runAt(server, [good('a')]);
		expect(done.rejected[0]?.json).toMatchObject({ rejection: { details: ['Bad header: …'] } });
		expectNoSecrets(done);
		for (const status of [400, 500]) {
			server.fail({ status, body: { code: 15, details: details() } });
			expectNoSecrets(await runAt(server, [good('a')]));
		}
	});
});

describe('Keys in the details of Perculus', () => {
	const [, hash = ''] = bearerToken(ACCESS_KEY, SECRET_KEY).split('|');
	const bearer = `${ACCESS_KEY}|${hash}`;
	const spellings: Array<[string, string]> = [
		['the Access Key', ACCESS_KEY],
		['the hash', hash],
		['the bearer token in capitals', bearer.toUpperCase()],
		['the URL-encoded bearer token', encodeURIComponent(bearer)],
		['the bearer token in quoted parts', `"${ACCESS_KEY}"|"${hash}"`],
		[
			'the bearer token as JSON in JSON',
			JSON.stringify(JSON.stringify({ authorization: `Bearer ${bearer}` })),
		],
		['the bearer token with an escaped bar', `${ACCESS_KEY}\\u007c${hash}`],
		['the bearer token at the end of a text that is cut', `${'x '.repeat(245)}${bearer}`],
	];
	const traces = [ACCESS_KEY, SECRET_KEY, hash].flatMap((key) => [key.slice(0, 9), key.slice(-9)]);

	it.each(spellings)('removes %s from rejected items and hints', async (_, spelling) => {
		await withServer(async (server) => {
			const details = [`Not taken: ${spelling} is unknown.`];
			const onErrors = ['continueRegularOutput', 'continueErrorOutput', 'stopWorkflow'] as const;
			for (const onError of onErrors) {
				server.set({ refuse: () => ({ code: 15, details }) });
				const refused = await runAt(server, [good('a'), good('b')], {}, { onError });
				server.reset();
				server.fail({ status: 400, body: { code: 15, details } });
				const whole = await runAt(server, [good('a'), good('b')], {}, { onError });
				const left = JSON.stringify(
					[refused, whole].map(({ rejected, hints }) => [rejected, hints]),
				);
				expect(left).toContain('Not taken: ');
				for (const trace of traces) expect(left.toLowerCase()).not.toContain(trace.toLowerCase());
			}
		});
	});
});

it('long details of Perculus are shortened, so that n8n can save the item', async () => {
	await withServer(async (server) => {
		const items = Array.from({ length: 400 }, (_, i) => good(String(i)));
		const refuseWith = async (word: string) => {
			const details = Array.from({ length: 20 }, (_, i) => `${i}${word.repeat(450)}|`);
			server.set({ refuse: () => ({ code: 15, details }) });
			const done = await runAt(server, items);
			expect(done.rejected).toHaveLength(400);
			return done;
		};
		const long = await refuseWith('x1');
		expect(JSON.stringify(jsonOf(long.rejected)[0]).length).toBeLessThan(15_000);
	});
});

it("no field of Perculus' internal model appears in an approved or rejected item", async () => {
	const entity = {
		the_guid: '1B27EB7F-0000-4000-8000-000000000001',
		account_id: 990017,
		user_added: 880023,
		ui_options: '{"AllowRating":true}',
		name: 'CS a',
		start_date: '2090-08-05T12:00:00+03:00',
		duration: 60,
		_isValid: null,
	};
	const mixed = { ...entity, session_guid: entity.the_guid };
	const { the_guid: _, ...rest } = mixed;
	await withServer(async (server) => {
		for (const view of [entity, mixed, rest]) {
			server.fail({ body: { approved: [view], rejected: [] } });
			const done = await runAt(server, [good('a')]);
			expect(done.approved[0]?.json).toMatchObject({ session_guid: entity.the_guid, name: 'CS a' });
			expectNoSecrets(done);
		}
		server.fail({ body: { approved: [], rejected: [{ model: entity, state: entity }] } as never });
		expectNoSecrets(await runAt(server, [good('a')]));
		server.set({ createRejectedShape: 'B' });
		expectNoSecrets(await runAt(server, [good('a', { start_date: '2020-01-01T12:00:00' })]));
	});
});
