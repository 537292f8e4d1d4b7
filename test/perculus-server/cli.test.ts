import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { SAMPLE_STORED_GUID, SAMPLE_USER_GUID, SECRET_KEY } from '.';
import { SIGNED } from './testClient';

const TSX = path.join(path.dirname(require.resolve('tsx/package.json')), 'dist', 'cli.mjs');

function start(...flags: string[]) {
	const args = [TSX, path.join(__dirname, 'cli.ts'), '--port', '0', ...flags];
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
	const output = { text: '' };
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk: Buffer) => (output.text += chunk.toString()));
	return { child, output };
}

it('serves, logs a line a request without the bearer, and ends on Ctrl-C', async () => {
	const { child, output } = start('--all-failed-body', 'code13');
	const ended = once(child, 'exit');
	try {
		while (!output.text.includes('Ctrl-C'))
			await Promise.race([once(child.stdout, 'data'), ended.then(() => Promise.reject(output))]);
		const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.text)?.[0] ?? '';
		const send = async (items: unknown, below = '') => {
			const body = JSON.stringify(items);
			const init = { method: 'POST', headers: SIGNED, body };
			const response = await fetch(`${url}/xapi/v2/session${below}/batch`, init);
			return [response.status, (await response.json()) as { code?: number }] as const;
		};
		expect((await send([{ session_guid: SAMPLE_STORED_GUID, duration: 100 }]))[0]).toBe(200);
		const [status, body] = await send([{ name: 'No start' }]);
		expect([status, body.code]).toEqual([400, 13]);
		while (!/ 400 +1 session/.test(output.text)) await once(child.stdout, 'data');
		expect(output.text).toMatch(/POST \/xapi\/v2\/session\/batch +200 +1 session/);
		const users = [{ user_guid: SAMPLE_USER_GUID }];
		expect((await send(users, `/${SAMPLE_STORED_GUID}/attendee`))[0]).toBe(200);
		while (!/ 200 +1 attendee /.test(output.text)) await once(child.stdout, 'data');
		expect(output.text).toContain(SECRET_KEY);
		expect(output.text).not.toContain(SIGNED.Authorization);
		expect(output.text).not.toContain('Bearer');
	} finally {
		child.kill('SIGINT');
	}
	expect(await ended).toEqual([0, null]);
}, 30_000);

it('names the values of a flag that was set to another', async () => {
	const { child, output } = start('--order', 'sideways');
	expect((await once(child, 'close'))[0]).toBe(1);
	expect(output.text).toContain('--order takes documented, request, reversed, shuffled');
}, 30_000);
