import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

/** A batch request as it came. */
export interface Received {
	/** Below the base of the API. */
	path: string;
	entries: IDataObject[];
}

/** What a server does with a request; 'drop' ends the connection without an answer. */
export type Reply = { status: number; body: unknown } | 'drop';

export interface BatchServer {
	url: string;
	received: Received[];
}

const BASE = '/xapi/v2';

/** Serves batch requests of any resource for as long as it is used. */
export async function withBatchServer<T>(
	reply: (request: Received) => Reply,
	use: (server: BatchServer) => Promise<T>,
): Promise<T> {
	const received: Received[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const path = (request.url ?? '').slice(BASE.length);
			const entries = JSON.parse(Buffer.concat(chunks).toString()) as IDataObject[];
			received.push({ path, entries });
			const answer = reply({ path, entries });
			if (answer === 'drop') return void request.socket.destroy();
			response.writeHead(answer.status, { 'Content-Type': 'application/json' });
			response.end(JSON.stringify(answer.body));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	try {
		return await use({ url: `http://127.0.0.1:${port}`, received });
	} finally {
		server.closeAllConnections();
		server.close();
	}
}
