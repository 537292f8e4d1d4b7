/**
 * Set up for each test file in n8n's engine (see jest.config.js): if the local server hangs, a timeout of an hour is
 * over immediately, for requests of this process. So no test waits for a timeout, and none ends before a slow machine
 * has sent its request.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

import { hangs } from '../../perculus-server/http';

const HOUR_MILLISECONDS = 3_600_000;
/** Node.js's own channel. */
const STARTED = 'http.client.request.start';

const requests = new Set<ClientRequest>();

const remember = (message: unknown) => {
	const { request } = message as { request: ClientRequest };
	requests.add(request);
	request.once('close', () => requests.delete(request));
};

const expire = (port: number) => {
	for (const request of requests) {
		const { localPort, timeout } = request.socket ?? {};
		if (localPort === port && timeout === HOUR_MILLISECONDS) request.emit('timeout');
	}
};

beforeAll(() => {
	subscribe(STARTED, remember);
	hangs.on('hang', expire);
});
afterAll(() => {
	// A test that didn't succeed may leave runs behind. Without this, each would wait an hour, and jest with it.
	if (requests.size > 0) return;
	unsubscribe(STARTED, remember);
	hangs.off('hang', expire);
});
