import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Store } from '../store';
import type { Switches } from '../switches';
import { parseJson } from '../values/json';
import { faultAnswer, takeFault, type Fault } from './faults';
import type { InFlight } from './inFlight';
import type { Pauses } from './pauses';
import type { RecordedRequest } from './recorded';
import { answerRequest } from './route';
import { send } from './send';
import { targetOf } from './target';

/** What a request is answered from. */
export interface Scene {
	store: Store;
	switches: Switches;
	faults: Fault[];
	requests: RecordedRequest[];
	inFlight: InFlight;
	pauses: Pauses;
	/** Called with each request after its answer (or its drop). */
	onRequest?: (request: RecordedRequest) => void;
}

async function readText(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

/** Records a request, lets a fault have it or answers it. */
export async function handle(
	request: IncomingMessage,
	response: ServerResponse,
	scene: Scene,
): Promise<void> {
	const { store, switches, pauses } = scene;
	const { method = 'GET', url: path = '/', headers } = request;
	const target = targetOf(method, path, switches);
	const route = target?.route ?? null;
	const record: RecordedRequest = { method, path, route, headers, body: '', at: Date.now() };
	scene.requests.push(record);
	const leave = scene.inFlight.enter(route);
	// Without an answer it is in work until its socket closes.
	response.once('close', leave);
	const text = await readText(request);
	const parsed = parseJson(text);
	record.body = parsed.ok ? parsed.value : text;

	const fault = takeFault(scene.faults, record);
	const instead = fault ? faultAnswer(fault) : null;
	const skips = fault?.drop === 'before' || fault?.hang === 'before';
	const applies = !skips && (instead === null || fault?.applyThen === true);
	const real = applies ? answerRequest(target, headers.authorization, text, store, switches) : null;

	const delayMs = switches.latencyMs + (fault?.delayMs ?? 0);
	if (delayMs > 0) await pauses.wait(delayMs);
	const answer = fault?.drop || fault?.hang ? null : (instead ?? real);
	if (fault?.drop) request.socket.destroy();
	if (answer && !response.destroyed) {
		record.status = answer.status;
		await send(response, answer, { fault, pauses, switches, beforeEnd: leave });
	}
	scene.onRequest?.(record);
}
