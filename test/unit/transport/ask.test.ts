import { NO_TIME_LEFT } from '../../../nodes/Perculus/transport/networkErrors';
import { askWithRetry } from '../../../nodes/Perculus/transport/retry';
import type {
	NetworkError,
	Request,
	Response,
	Transport,
} from '../../../nodes/Perculus/transport/transport';

type Deed = Partial<Response> | { code: string };

/** A server that does one thing after the other; what is done after silence is told apart. */
function scripted(...deeds: Deed[]) {
	const seen: string[] = [];
	const way = (name: string): Transport => ({
		now: () => 0,
		wait: async (ms, forWhom) =>
			void seen.push(`${name} waits ${ms}${forWhom ? ' for the server' : ''}`),
		afterSilence: () => way('again'),
		async request({ method }): Promise<Response | NetworkError> {
			seen.push(`${name} ${method}`);
			const deed = deeds.shift() ?? { status: 200 };
			const times = { sentAt: 0, receivedAt: 0 };
			if (!('code' in deed))
				return { kind: 'response', status: 200, body: '', headers: {}, ...times, ...deed };
			const { code } = deed;
			const unconnected = code === 'ECONNREFUSED';
			return { kind: 'networkError', code, message: '', notSigned: false, unconnected, ...times };
		},
	});
	return { transport: way('first'), seen };
}

const GET: Request = { method: 'GET', path: '/session/G' };
const DELETE: Request = { method: 'DELETE', path: '/session/G' };
const lost = { code: 'ECONNRESET' };
const refused = { code: 'ECONNREFUSED' };
const gone = { status: 404, body: { code: 30, details: 'session_not_found' } };

async function ask(request: Request, ...deeds: Deed[]) {
	const { transport, seen } = scripted(...deeds);
	return { ...(await askWithRetry(transport, request)), seen };
}

describe('a question whose answer is lost', () => {
	it('is asked again after 1 and 2 seconds, as silence', async () => {
		const { reply, sent, seen } = await ask(GET, lost, { status: 502 }, { body: { name: 'CS' } });
		expect(reply).toMatchObject({ kind: 'answer', response: { body: { name: 'CS' } } });
		expect(sent).toBe(3);
		expect(seen).toEqual([
			'first GET',
			'again waits 1000',
			'again GET',
			'again waits 2000',
			'again GET',
		]);
	});

	it('is asked no more than three times', async () => {
		const { reply, sent, seen } = await ask(GET, lost, lost, { status: 500 }, {});
		expect(reply).toMatchObject({
			kind: 'failed',
			applied: 'no',
			reason: 'service_unavailable',
			status: 500,
		});
		expect([sent, seen.filter((one) => one.endsWith('GET')).length]).toEqual([3, 3]);
	});

	it('is asked again where its answer cannot be read', async () => {
		const { transport } = scripted({ body: '<h1>Sign in</h1>' }, { body: [] });
		const { reply, sent } = await askWithRetry(transport, GET, Array.isArray);
		expect([reply.kind, sent]).toEqual(['answer', 2]);
	});

	it.each<[string, Deed]>([
		['answered', {}],
		['refused', gone],
		['not allowed', { status: 401 }],
		['called wrong', { status: 400, body: '<h1>Bad</h1>' }],
		['not even sent', refused],
	])('is asked once where it is %s', async (_, deed) => {
		expect((await ask(GET, deed, lost)).sent).toBe(1);
	});

	it('is asked again though the next connection is refused', async () => {
		const { reply, sent } = await ask(GET, lost, refused, {});
		expect([reply.kind, sent]).toEqual(['answer', 3]);
	});

	it('waits for a busy server apart from the silence, each time', async () => {
		const { sent, seen } = await ask(GET, { status: 429 }, lost, { status: 429 }, {});
		expect(sent).toBe(2);
		expect(seen).toEqual([
			'first GET',
			'first waits 1000 for the server',
			'first GET',
			'again waits 1000',
			'again GET',
			'again waits 1000 for the server',
			'again GET',
		]);
	});

	it('is not asked again when the run has no time left for silence', async () => {
		const { reply, sent } = await ask(GET, lost, { code: NO_TIME_LEFT }, {});
		expect(reply).toMatchObject({ kind: 'failed', name: 'connection lost' });
		expect(sent).toBe(1);
		expect(await ask(GET, { code: NO_TIME_LEFT })).toMatchObject({
			sent: 0,
			reply: { applied: 'no' },
		});
	});
});

describe('a deletion whose answer is lost', () => {
	it('is sent again; that it is gone then is told by how often it was sent', async () => {
		expect(await ask(DELETE, lost, gone)).toMatchObject({
			reply: { kind: 'refused', status: 404 },
			sent: 2,
		});
		expect(await ask(DELETE, gone)).toMatchObject({ reply: { kind: 'refused' }, sent: 1 });
		expect(await ask(DELETE, lost, { status: 404 })).toMatchObject({
			reply: { status: 404 },
			sent: 2,
		});
	});

	it.each([lost, refused, { status: 401 }, { status: 500, body: { code: 32 } }])(
		'stays in doubt whatever stops the repeats: %j',
		async (stop) => {
			const { reply } = await ask(DELETE, { code: 'ECONNABORTED' }, stop, stop);
			expect(reply).toMatchObject({
				kind: 'failed',
				applied: 'unknown',
				name: 'no answer in time',
			});
		},
	);
});
