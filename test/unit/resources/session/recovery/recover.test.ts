import fc from 'fast-check';

import { depart } from '../../../../../nodes/Perculus/resources/session/recovery/inFlight';
import type { SessionDraft } from '../../../../../nodes/Perculus/resources/session/session';
import type { Request, Transport } from '../../../../../nodes/Perculus/transport/transport';
import { sendSessions } from '../opened';
import { DRAFT, world, type World } from './recover.world';

const asked = (rest: object, index = 0): SessionDraft => ({
	...DRAFT,
	index,
	request: { ...DRAFT.request, ...rest },
});

/** What became of lost creates: the GUIDs that were taken, and the details and candidates of the others. */
async function recovered(given: Partial<World> = {}, drafts: SessionDraft[] = [DRAFT]) {
	const at = world(given);
	const outcomes = await sendSessions(drafts, at.transport);
	const all = drafts.map((draft) => outcomes.get(draft));
	const taken = all.flatMap((one) => (one?.kind === 'approved' ? [one.view?.session_guid] : []));
	const left = all.flatMap((one) => (one?.kind === 'unknown' ? [one.details.join('\n')] : []));
	const guids = all.flatMap((one) => (one?.kind === 'unknown' ? [one.candidates ?? []] : []));
	expect(taken.length + left.length).toBe(drafts.length);
	expect(at.batches()).toBe(1);
	expect(at.searches.length).toBeLessThanOrEqual(20);
	return { ...at, taken, left, guids };
}

const MINUTES = 60_000;
const parsedDate = fc.integer({ min: 0, max: 1999 }).map((ms) => Date.UTC(2031, 0, 1) + ms);
const skew = fc.integer({ min: -7 * MINUTES, max: 7 * MINUTES });
const way = fc.integer({ min: 0, max: 40 });

describe('a lost create', () => {
	it('is found on a fast server, whatever its clock, and at every moment of a second', async () => {
		const work = fc.integer({ min: 0, max: 50 });
		await fc.assert(
			fc.asyncProperty(parsedDate, skew, way, work, async (began, ahead, delay, took) => {
				const { taken, own } = await recovered({ began, ahead, way: delay, work: took });
				expect(taken).toEqual(own);
			}),
		);
	});

	it('is never a session that was made a quarter of a second before, or earlier', async () => {
		const before = fc.integer({ min: 250, max: 5000 });
		await fc.assert(
			fc.asyncProperty(parsedDate, skew, way, before, async (began, ahead, delay, ago) => {
				const { taken } = await recovered({ began, ahead, way: delay, made: 0, others: [-ago] });
				expect(taken).toEqual([]);
			}),
		);
	});

	it('is found beside an older one of the same values', async () => {
		const { taken, own } = await recovered({ others: [-1000, -60_000] });
		expect(taken).toEqual(own);
	});

	it('is found at once, without asking for the time, where the server took its time', async () => {
		const { taken, own, searches, elapsed } = await recovered({ work: 5000 });
		expect(taken).toEqual(own);
		expect(searches.every(({ page_size }) => page_size === 100)).toBe(true);
		expect(elapsed()).toBeLessThan(5100);
	});

	it('is found by a second look where the server shows it late', async () => {
		const { taken, own, elapsed } = await recovered({ hidden: 5000, work: 2000 });
		expect(taken).toEqual(own);
		expect(elapsed()).toBeGreaterThan(6000);
	});

	it('that was not made is looked for three times, for six seconds', async () => {
		const { left, searches, elapsed } = await recovered({ made: 0 });
		expect(left).toEqual(['']);
		expect(searches.map(({ page_number }) => page_number)).toEqual([1, 0, 1, 0, 1, 0]);
		expect(elapsed()).toBeLessThan(6100);
	});
});

describe('any doubt leaves it unknown, and names what was found', () => {
	const doubts: Array<[string, Partial<World>]> = [
		['more of its like than were lost', { others: [1] }],
		['no Date header', { dateHeader: false }],
		['creation dates of whole seconds', { stamp: (at) => new Date(at).toUTCString() }],
		[
			'creation dates without decimals',
			{ stamp: (at) => `${new Date(at).toISOString().slice(0, 19)}Z` },
		],
		['no creation date at all', { stamp: () => '' }],
		['a way too long for the clock to be told', { way: 400, work: 0 }],
		[
			'clocks that contradict each other',
			{
				instead: (search) => ({
					headers: { date: new Date(Date.UTC(2031, 0, 1 + (search % 2))).toUTCString() },
				}),
			},
		],
		[
			'a page that does not come',
			{
				work: 2000,
				instead: (_, { page_number }) => (page_number === 2 ? { status: 500 } : undefined),
			},
		],
		[
			'a list that is longer than the requests suffice for',
			{
				work: 2000,
				instead: (n, { page_number }) =>
					page_number === 1
						? undefined
						: {
								body: [
									{ session_guid: `${String(n).padStart(8, '0')}-0000-4000-8000-00000000aaaa` },
								],
							},
			},
		],
	];

	it.each(doubts)('%s', async (_, given) => {
		const { taken, own, foreign, left } = await recovered(given);
		expect(taken).toEqual([]);
		for (const guid of [...own, ...foreign]) expect(left.join()).toContain(guid);
	});

	it('a search that is refused finds nothing', async () => {
		const { left } = await recovered({ instead: () => ({ status: 403, body: '' }) });
		expect(left).toEqual(['']);
	});

	it('junk among the sessions found harms nothing', async () => {
		const junk = [null, 1, 'x', [], {}, { name: 'CS201', session_guid: { toString: 1 } }];
		const { left } = await recovered({ instead: () => ({ body: junk }) });
		expect(left).toEqual(['']);
	});
});

describe('a create on its way in another run', () => {
	const inFlight = (account: string, waiting: SessionDraft) =>
		depart({ account, waiting: () => [waiting] });
	const other: SessionDraft = { ...DRAFT };

	it.each<[string, string, SessionDraft, 'taken' | 'left']>([
		['of the same account', 'a', other, 'left'],
		['of the same tags', 'a', asked({ tags: ' Y ' }), 'left'],
		['of the same account, with more to tell', 'a', asked({ lang: 'en-US' }), 'left'],
		['of another account', 'b', other, 'taken'],
		['of another name', 'a', asked({ name: 'CS202' }), 'taken'],
		['of another duration', 'a', asked({ duration: 90 }), 'taken'],
		['of other tags', 'a', asked({ tags: 'x' }), 'taken'],
		['of a session that exists', 'a', { ...other, guid: 'x' }, 'taken'],
	])('%s', async (_, account, waiting, expected) => {
		const land = inFlight(account, waiting);
		const { taken, own, left, guids } = await recovered({ work: 2000 }, [asked({ tags: 'y' })]);
		land();
		expect(taken).toEqual(expected === 'taken' ? own : []);
		if (expected === 'taken') return;
		expect(guids).toEqual([own]);
		expect(left).toEqual([expect.stringContaining(own[0] ?? '?')]);
	});

	it('that ends while the search goes on leaves the session to the lost one', async () => {
		const land = inFlight('a', other);
		let looks = 0;
		const { taken, own } = await recovered({
			work: 2000,
			instead: (_, { page_number }) => {
				if (page_number === 1 && ++looks === 2) land();
				return undefined;
			},
		});
		expect(taken).toEqual(own);
	});

	it('is none any more when it is lost, too: as many are taken as exist', async () => {
		const [first, second] = [world({ made: 1, work: 2000 }), world({ made: 0 })];
		const both = {
			...second.transport,
			request: async (request: Request) =>
				await (request.path === '/session/batch' ? second : first).transport.request(request),
		};
		const send = async (transport: Transport, draft: SessionDraft) => {
			const outcomes = await sendSessions([draft], transport);
			return outcomes.get(draft)?.kind;
		};
		const kinds = await Promise.all([send(first.transport, DRAFT), send(both, { ...DRAFT })]);
		expect(kinds.sort()).toEqual(['approved', 'unknown']);
	});
});

describe('pages', () => {
	it('that are capped below what was asked for are read to the end', async () => {
		const { taken, own } = await recovered({
			others: Array.from({ length: 12 }, (_, i) => -10_000 - i),
			pageCap: 5,
			work: 2000,
		});
		expect(taken).toEqual(own);
	});

	it.each([400, 404])('page 0 answered with %d is no page', async (status) => {
		const { taken, own } = await recovered({
			instead: (_, { page_number }) => (page_number === 0 ? { status, body: '' } : undefined),
		});
		expect(taken).toEqual(own);
	});
});

describe('lookalikes', () => {
	const lookalike = (index: number, rest = {}) => asked(rest, index);

	it('come out in number', async () => {
		const { taken, own } = await recovered({ made: 3 }, [lookalike(0), lookalike(1), lookalike(2)]);
		expect(taken.sort()).toEqual(own.sort());
	});

	it('of which one was made: one is taken, and the other is told of it', async () => {
		const { taken, own, left } = await recovered({ made: 1 }, [lookalike(0), lookalike(1)]);
		expect(taken).toEqual(own);
		expect(left).toEqual([expect.stringContaining(own[0] ?? '?')]);
	});

	it('that differ in what is echoed get their own', async () => {
		const drafts = ['en-US', 'tr-TR'].map((lang, index) => lookalike(index, { lang }));
		const { taken, own } = await recovered({ made: 2 }, drafts);
		expect(taken).toEqual(own);
	});

	it('of which one is a special case of the other stay unknown', async () => {
		const { taken, left } = await recovered({ made: 2 }, [
			lookalike(0),
			lookalike(1, { lang: 'en-US' }),
		]);
		expect([taken.length, left.length]).toEqual([0, 2]);
	});
});

it('what a run of this process was given is never taken by another', async () => {
	const first = world();
	await sendSessions([DRAFT], first.transport);
	// A second run loses the answer to the same session, which was not made this time.
	const outcomes = await sendSessions([DRAFT], {
		...first.transport,
		request: async (request) =>
			request.path === '/session/batch'
				? {
						...(await world({ made: 0 }).transport.request(request)),
						sentAt: Date.UTC(2031, 0, 1),
					}
				: await first.transport.request(request),
	});
	expect(outcomes.get(DRAFT)).toMatchObject({ kind: 'unknown', details: [] });
});
