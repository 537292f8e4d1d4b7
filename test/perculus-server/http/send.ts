import type { ServerResponse } from 'node:http';
import type { Switches } from '../switches';
import { readClock } from '../values/clock';
import type { Answer } from './answer';
import type { Fault } from './faults';
import type { Pauses } from './pauses';

export interface Sending {
	fault: Fault | undefined;
	pauses: Pauses;
	switches: Switches;
	/** Called before the last byte leaves, so before the client can know that it is done. */
	beforeEnd: () => void;
}

/** Writes an answer, whole or in the way a fault spoils it. */
export async function send(
	response: ServerResponse,
	answer: Answer,
	{ fault, pauses, switches, beforeEnd }: Sending,
): Promise<void> {
	const body = Buffer.from(answer.body, 'utf8');
	// Node's own Date header would follow the machine's clock, not the one of this server.
	response.sendDate = false;
	const now = readClock(switches.clock, switches.clockSkewMs);
	if (switches.dateHeader) response.setHeader('Date', new Date(now.ms).toUTCString());
	for (const [name, value] of Object.entries({ ...answer.headers, ...fault?.headers }))
		response.setHeader(name, value);
	// HTTP has no length, not even 0, for an answer that cannot have a body.
	if (answer.status !== 204) response.setHeader('Content-Length', body.length);
	response.writeHead(answer.status);

	if (fault?.cut !== undefined) {
		response.flushHeaders();
		response.write(body.subarray(0, fault.cut));
		// Closes after what was written has left, where destroy() might swallow it.
		response.socket?.destroySoon();
		return;
	}
	if (fault?.trickleMs !== undefined) {
		for (let at = 0; at < body.length && !response.destroyed; at++) {
			response.write(body.subarray(at, at + 1));
			await pauses.wait(fault.trickleMs);
		}
	}
	beforeEnd();
	response.end(fault?.trickleMs === undefined ? body : undefined);
}
