import { requestIdempotent } from '../../../nodes/Perculus/transport/retry';
import type {
	NetworkError,
	Request,
	Response,
	Transport,
} from '../../../nodes/Perculus/transport/transport';

type Deed = Partial<Response> | { code: string };

/** A server that does one thing after the other. */
function scripted(...deeds: Deed[]) {
	const seen: string[] = [];
	const transport: Transport = {
		now: () => 0,
		wait: async (milliseconds) => void seen.push(`wait ${milliseconds}`),
		async request({ method }): Promise<Response | NetworkError> {
			seen.push(method);
			const deed = deeds.shift() ?? { status: 200 };
			if (!('code' in deed))
				return { kind: 'response', status: 200, body: '', headers: {}, ...deed };
			const { code } = deed;
			const unconnected = code === 'ECONNREFUSED';
			return { kind: 'networkError', code, message: '', notSigned: false, unconnected };
		},
	};
	return { transport, seen };
}

const GET: Request = { method: 'GET', path: '/session/G' };
const DELETE: Request = { method: 'DELETE', path: '/session/G' };
const lost = { code: 'ECONNRESET' };
const timedOut = { code: 'ECONNABORTED' };
const unconnected = { code: 'ECONNREFUSED' };
const gone = { status: 404, body: { code: 30, details: 'session_not_found' } };

async function ask(request: Request, ...deeds: Deed[]) {
	const { transport, seen } = scripted(...deeds);
	return { ...(await requestIdempotent(transport, request)), seen };
}

describe('Reads', () => {
	it('a read whose response is lost is sent again after 1 and 2 seconds', async () => {
		const { reply, sent, seen } = await ask(GET, lost, { status: 502 }, { body: { name: 'CS' } });
		expect(reply).toMatchObject({ kind: 'answer', response: { body: { name: 'CS' } } });
		expect(sent).toBe(3);
		expect(seen).toEqual(['GET', 'wait 1000', 'GET', 'wait 2000', 'GET']);
	});

	it('a read is sent at most three times', async () => {
		const { reply, sent } = await ask(GET, lost, lost, { status: 500 }, {});
		expect(reply).toMatchObject({ reason: 'service_unavailable', status: 500 });
		expect(sent).toBe(3);
	});

	it('a read is sent again if the body of the response was cut short', async () => {
		const { transport } = scripted({ body: '[{"name":' }, { body: [] });
		const { reply, sent } = await requestIdempotent(transport, GET, Array.isArray);
		expect([reply.kind, sent]).toEqual(['answer', 2]);
	});

	it.each<[string, Deed]>([
		['answered', {}],
		['refused', gone],
		['unauthorized', { status: 401 }],
		['answered with HTTP 400 and a page', { status: 400, body: '<h1>Bad</h1>' }],
		['not connected', unconnected],
		['not answered in time', timedOut],
	])('a read is sent once if it is %s', async (_, deed) => {
		expect((await ask(GET, deed, lost)).sent).toBe(1);
	});

	it('a read is sent again although the connection after a lost one is refused', async () => {
		const { reply, sent } = await ask(GET, lost, unconnected, {});
		expect([reply.kind, sent]).toEqual(['answer', 3]);
	});

	it('a read is not sent again after a repeat that timed out', async () => {
		const { reply, sent } = await ask(GET, lost, timedOut, {});
		expect(reply).toMatchObject({ kind: 'failed', name: 'timeout', endsAll: true });
		expect(sent).toBe(2);
	});

	it('a read waits for a busy server each time', async () => {
		const { sent, seen } = await ask(GET, { status: 429 }, lost, { status: 429 }, {});
		expect(sent).toBe(2);
		expect(seen).toEqual(['GET', 'wait 1000', 'GET', 'wait 1000', 'GET', 'wait 1000', 'GET']);
	});
});

describe('Deletions', () => {
	it('a lost deletion is sent again, and the number of requests is returned', async () => {
		expect(await ask(DELETE, lost, gone)).toMatchObject({ reply: { kind: 'refused' }, sent: 2 });
		expect(await ask(DELETE, gone)).toMatchObject({ reply: { kind: 'refused' }, sent: 1 });
	});

	it.each<Deed>([
		lost,
		timedOut,
		unconnected,
		{ status: 401 },
		{ status: 404, body: '<h1>Not Found</h1>' },
		{ status: 500, body: { code: 32 } },
	])('a lost deletion stays unknown if its repeats end with %j', async (stop) => {
		const { reply } = await ask(DELETE, lost, stop, stop);
		expect(reply).toMatchObject({ kind: 'failed', applied: 'unknown', name: 'connection lost' });
	});

	it('a deletion ends the run if its repeat times out', async () => {
		expect((await ask(DELETE, lost, timedOut)).reply).toMatchObject({ endsAll: true });
		expect((await ask(DELETE, lost, lost, lost)).reply).not.toHaveProperty('endsAll');
	});
});
