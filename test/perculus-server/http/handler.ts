import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Store } from '../store';
import type { Switches } from '../switches';
import { parseJson } from '../values/json';
import { faultAnswer, takeFault, type Fault } from './faults';
import type { Pauses } from './pauses';
import type { RecordedRequest } from './recorded';
import { answerRequest, targetOf } from './route';
import { send } from './send';

/** What a request is answered from. */
export interface Scene {
	store: Store;
	switches: Switches;
	faults: Fault[];
	requests: RecordedRequest[];
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
	const record: RecordedRequest = { method, path, headers, body: '', at: Date.now() };
	scene.requests.push(record);
	const text = await readText(request);
	const parsed = parseJson(text);
	record.body = parsed.ok ? parsed.value : text;

	const target = targetOf(method, path, switches.basePaths);
	const fault = takeFault(scene.faults, target?.route ?? null);
	const instead = fault ? faultAnswer(fault) : null;
	const skips = fault?.drop === 'before' || fault?.hang === 'before';
	const applies = !skips && (instead === null || fault?.applyThen === true);
	const real = applies ? answerRequest(target, headers.authorization, text, store, switches) : null;

	if (fault?.delayMs) await pauses.wait(fault.delayMs);
	const answer = fault?.drop || fault?.hang ? null : (instead ?? real);
	if (fault?.drop) request.socket.destroy();
	if (answer && !response.destroyed) {
		record.status = answer.status;
		await send(response, answer, fault, pauses, switches);
	}
	scene.onRequest?.(record);
}
