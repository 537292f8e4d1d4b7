/** Set up for each test file (see jest.config.js): if the local server hangs, a timeout of an hour ends at once. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

import { hangs } from '../../perculus-server/http';
import { HOUR } from './faults';

const STARTED = 'http.client.request.start'; // Node.js's own channel

const requests = new Set<ClientRequest>();
let isOver = false;

/** A test that didn't succeed may leave runs behind: without their timeouts, each would wait an hour, and jest with it. */
const endIfIdle = () => {
	if (!isOver || requests.size > 0) return;
	unsubscribe(STARTED, remember);
	hangs.off('hang', expire);
};

const remember = (message: unknown) => {
	const { request } = message as { request: ClientRequest };
	requests.add(request);
	request.once('close', () => {
		requests.delete(request);
		endIfIdle();
	});
};

const expire = (port: number) => {
	for (const request of requests) {
		const { localPort, timeout } = request.socket ?? {};
		if (localPort === port && timeout === HOUR * 1000) request.emit('timeout');
	}
};

beforeAll(() => {
	subscribe(STARTED, remember);
	hangs.on('hang', expire);
});
afterAll(() => {
	isOver = true;
	endIfIdle();
});
