import type { SessionDraft } from '../../../../nodes/Perculus/resources/session/session';
import { TIMED_OUT } from '../../../../nodes/Perculus/transport/failures/networkErrors';
import { withinSilence, type Client } from '../../../../nodes/Perculus/transport/silence';
import { sendSessions } from '../../resources/session/opened';
import { DRAFT, world } from '../../resources/session/recovery/recover.world';

const SECOND = 1000;
const TIMEOUT = 120 * SECOND;
const GUID = '61e3d504-0000-4000-8000-000000000001';

const update: SessionDraft = {
	index: 1,
	request: { session_guid: GUID, duration: 90 },
	guid: GUID,
	start: undefined,
	warnings: [],
};

/** A server that never answers a batch, though it applies it, and searches as it is told. */
function silentServer(isSearchSilent: boolean) {
	const { transport, batches, searches, elapsed, own } = world();
	const client: Client = {
		now: () => transport.now(),
		wait: async (milliseconds) => await transport.wait(milliseconds),
		async send(request, idle) {
			const sentAt = transport.now();
			const outcome = await transport.request(request);
			if (!request.path.endsWith('/batch') && !isSearchSilent) return outcome;
			await transport.wait(sentAt + idle - transport.now());
			const lost = { kind: 'networkError', code: TIMED_OUT, message: '' } as const;
			const times = { sentAt, receivedAt: transport.now() };
			return { ...lost, notSigned: false, unconnected: false, ...times };
		},
	};
	return { transport: withinSilence(client, TIMEOUT), batches, searches, elapsed, own };
}

describe('a server that never answers a batch', () => {
	it.each([
		['updates', [update]],
		['creates', [DRAFT]],
		['both', [DRAFT, update]],
	])('holds a run of %s for twice the timeout and 30 seconds at most', async (_, drafts) => {
		const { transport, elapsed } = silentServer(true);
		const outcomes = await sendSessions(drafts, transport);
		expect(drafts.map((draft) => outcomes.get(draft)?.kind)).toEqual(drafts.map(() => 'unknown'));
		expect(elapsed()).toBeGreaterThan(TIMEOUT);
		expect(elapsed()).toBeLessThanOrEqual(2 * TIMEOUT + 30 * SECOND);
	});

	it('does not keep lost creates from being found, though the updates beside them take all the time', async () => {
		const { transport, elapsed, batches, own } = silentServer(false);
		const outcomes = await sendSessions([DRAFT, update], transport);
		expect(outcomes.get(DRAFT)).toMatchObject({
			kind: 'approved',
			recovered: true,
			view: { session_guid: own[0] },
		});
		expect(outcomes.get(update)).toMatchObject({ kind: 'unknown', reason: 'outcome_unknown' });
		expect(batches()).toBe(3);
		expect(elapsed()).toBeLessThanOrEqual(2 * TIMEOUT + 30 * SECOND);
	});

	it('keeps what is still to be sent from being sent, and says so', async () => {
		const { transport, batches } = silentServer(true);
		const later: SessionDraft = {
			...DRAFT,
			index: 2,
			request: { ...DRAFT.request, name: 'CS202' },
		};
		const outcomes = await sendSessions([DRAFT, later], transport, { batchSize: 1 });
		expect(batches()).toBe(1);
		expect(outcomes.get(later)).toMatchObject({ kind: 'rejected', retryable: true });
	});
});
