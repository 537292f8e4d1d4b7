import type { Fault } from '../../perculus-server';
import { good, jsonOf, outcomesOf, runAt, withServer } from '../harness/setup';

const REFUSED: Fault = { route: 'batch', status: 400, body: { code: 12, details: ['Not so.'] } };
const TAKEN: Fault = { route: 'batch', headers: { 'X-Nothing': 'wrong' } };
const TOO_LARGE: Fault = { route: 'batch', status: 413 };
const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Runs eight rows against the answers to one request after the other. */
async function meet(...answers: Fault[]) {
	return await withServer(async (server) => {
		server.fail(...answers);
		const rows = ROWS.map((row) => good(row));
		const done = await runAt(server, rows, {}, { onError: 'continueRegularOutput' });
		const sent = server.batches().map((batch) => batch.map(({ name }) => String(name).slice(3)));
		return { done, sent: sent.map((names) => names.join('')) };
	});
}

const rejectionsOf = (done: Awaited<ReturnType<typeof meet>>['done']) =>
	Object.fromEntries(
		jsonOf(done.rejected).map(({ session, rejection }) => [
			String((session as { name: string }).name).slice(3),
			rejection as { reason: string; code: number | null; message: string; details: string[] },
		]),
	);

describe('a request that fails while a refused one is halved', () => {
	const together = (count: number) =>
		expect.stringMatching(
			new RegExp(`^Perculus refused ${count} sessions in one request`),
		) as string;

	it('leaves the sessions of a refused half with that refusal, for they were sent', async () => {
		const { done, sent } = await meet(REFUSED, REFUSED, TAKEN, { route: 'batch', status: 401 });
		expect(sent).toEqual(['abcdefgh', 'abcd', 'efgh', 'ab']);
		expect(done.probed.approved).toEqual(['e', 'f', 'g', 'h']);
		const { a, b, c, d } = rejectionsOf(done);
		for (const rejection of [a, b]) expect(rejection).toMatchObject({ reason: 'unauthorized' });
		for (const rejection of [c, d])
			expect(rejection).toMatchObject({ code: 12, details: ['Not so.', together(4)] });
		expect(JSON.stringify([c, d])).not.toContain('Not sent');
	});

	it('leaves both quarters of a half that was refused before with their own refusals', async () => {
		const of = (text: string): Fault => ({ ...REFUSED, body: { code: 12, details: [text] } });
		const { done, sent } = await meet(of('All.'), of('Left.'), TAKEN, of('Quarter.'), {
			route: 'batch',
			status: 403,
		});
		expect(sent).toEqual(['abcdefgh', 'abcd', 'efgh', 'ab', 'cd']);
		const { a, b, c, d } = rejectionsOf(done);
		for (const rejection of [a, b])
			expect(rejection).toMatchObject({ code: 12, details: ['Quarter.', together(2)] });
		for (const rejection of [c, d]) expect(rejection).toMatchObject({ reason: 'unauthorized' });
	});

	it('leaves the other half with the refusal of the whole, and itself unknown where it may be saved', async () => {
		const { done, sent } = await meet(REFUSED, { route: 'batch', drop: 'after' });
		expect(sent).toEqual(['abcdefgh', 'abcd']);
		expect(outcomesOf(done.rejected)).toEqual([
			...Array<string>(4).fill('unknown'),
			...Array<string>(4).fill('rejected'),
		]);
		const { a, h } = rejectionsOf(done);
		expect(a).toMatchObject({ reason: 'outcome_unknown' });
		expect(h).toMatchObject({ code: 12, details: ['Not so.', together(8)] });
	});

	it('leaves one session so, too', async () => {
		const { done } = await meet(REFUSED, REFUSED, TAKEN, REFUSED, TAKEN, {
			route: 'batch',
			status: 401,
		});
		const { a, b } = rejectionsOf(done);
		expect(a).toMatchObject({ reason: 'unauthorized' });
		expect(b).toMatchObject({ code: 12, details: ['Not so.', together(2)] });
	});
});

it('a half that is too large is halved like one that is refused', async () => {
	const { done, sent } = await meet(REFUSED, TOO_LARGE, TAKEN, TAKEN, REFUSED, REFUSED, TAKEN);
	expect(sent).toEqual(['abcdefgh', 'abcd', 'efgh', 'ab', 'cd', 'c', 'd']);
	expect(done.probed).toMatchObject({ approved: ['a', 'b', 'd', 'e', 'f', 'g', 'h'] });
	expect(rejectionsOf(done)).toMatchObject({ c: { code: 12, details: ['Not so.'] } });
});

it.each<[string, Fault]>([
	['may be saved', { route: 'batch', drop: 'before' }],
	['was refused for the keys', { route: 'batch', status: 401 }],
])(
	'a half that is not sent because the other one %s stays refused as too large',
	async (_, fault) => {
		const { done, sent } = await meet(TOO_LARGE, fault);
		expect(sent).toEqual(['abcdefgh', 'abcd']);
		const left = jsonOf(done.rejected).slice(4);
		expect(left).toHaveLength(4);
		for (const json of left) {
			expect(json).toMatchObject({
				outcome: 'rejected',
				rejection: {
					source: 'perculus',
					details: [expect.stringMatching(/^Perculus refused 8 sessions in one request/)],
					retryable: false,
				},
			});
		}
	},
);
