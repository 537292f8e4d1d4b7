import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import type { Cleanup } from '../n8n/script';
import { freePort, waitUntilReady } from '../n8n/process';
import { startProgram } from './guarded';
import type { Programs } from './programs';

/** Starts a Redis of our own, which keeps nothing, and returns its port. */
export async function startRedis(
	{ redisServer }: Programs,
	parent: string,
	cleanup: Cleanup,
): Promise<number> {
	const port = await freePort();
	const folder = path.join(parent, 'redis');
	mkdirSync(folder);
	const redis = startProgram(
		{
			name: 'Redis',
			command: redisServer,
			args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
			folder,
			stopSignal: 'SIGTERM',
		},
		cleanup,
	);
	await waitUntilReady(redis, async () => await isListening(port));
	return port;
}

async function isListening(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		const settle = (answer: boolean) => {
			socket.destroy();
			resolve(answer);
		};
		socket.once('connect', () => settle(true));
		socket.once('error', () => settle(false));
	});
}
