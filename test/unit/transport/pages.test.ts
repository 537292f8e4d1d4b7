import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { Pages, type Search } from '../../../nodes/Perculus/transport/pages';
import type { Request, Response, Transport } from '../../../nodes/Perculus/transport/transport';

interface Server {
	/** The number of its first page. */
	first: 0 | 1;
	/** What it returns for page 0 if its first page is 1. */
	zero: 'empty' | 'first' | 400 | 404 | 500;
	/** Entries on its largest page; Infinity for no limit. */
	cap: number;
	/** Whether it returns all entries at once, for any page. */
	unpaged: boolean;
	wrapped: boolean;
	count: number;
	/** What it returns without a filter, if not everything. */
	unfiltered: 'all' | 'nothing' | 400;
	/** The response to the n-th request, from 1, if it is another one. */
	instead(request: number, body: IDataObject): Partial<Response> | undefined;
}

const DEFAULT: Server = {
	first: 1,
	zero: 'empty',
	cap: 100,
	unpaged: false,
	wrapped: false,
	count: 5,
	unfiltered: 'all',
	instead: () => undefined,
};

/** Gives each test its own account, because page numbering is remembered by account. */
let serial = 0;

function server(given: Partial<Server> = {}) {
	const { first, zero, cap, unpaged, wrapped, count, unfiltered, instead } = {
		...DEFAULT,
		...given,
	};
	let hides = (_filter: IDataObject) => false;
	const asked: Array<{ number: number; size: number; filtered: boolean }> = [];
	const entries = Array.from({ length: count }, (_, i) => ({
		session_guid: `G${i}`,
		name: `CS${i}`,
	}));
	const transport: Transport = {
		now: () => 0,
		wait: async () => undefined,
		async request({ body }: Request): Promise<Response> {
			const { page_number, page_size, ...filter } = body as Record<string, number>;
			const filtered = Object.keys(filter).length > 0;
			asked.push({ number: page_number ?? NaN, size: page_size ?? NaN, filtered });
			const answer = (status: number, said: unknown): Response => ({
				kind: 'response',
				status,
				body: said,
				headers: {},
			});
			const other = instead(asked.length, body as IDataObject);
			if (other) return { ...answer(200, ''), ...other };
			let at = (page_number ?? first) - first;
			if (at < 0) {
				if (typeof zero === 'number')
					return answer(zero, zero === 404 ? '' : { code: 12, details: 'No.' });
				at = zero === 'first' ? 0 : count;
			}
			const size = Math.min(page_size ?? 10, cap);
			if (!filtered && unfiltered === 400) return answer(400, { code: 12, details: 'No.' });
			const isEmpty = (!filtered && unfiltered === 'nothing') || hides(filter);
			const all = isEmpty ? [] : entries;
			const list = unpaged ? all : all.slice(at * size, (at + 1) * size);
			return answer(200, wrapped ? { data: list } : list);
		},
	};
	const search: Search = {
		path: '/session/search',
		filter: { name: 'CS' },
		counting: `account ${++serial}`,
		keyOf: ({ session_guid }: IDataObject) =>
			typeof session_guid === 'string' ? session_guid : undefined,
		mostPages: 200,
	};
	const hide = (isHidden: (filter: IDataObject) => boolean) => void (hides = isHidden);
	return { transport, search, asked, entries, hide };
}

async function read({ transport, search }: ReturnType<typeof server>, most = Infinity) {
	const pages = new Pages(transport, search);
	const found: IDataObject[] = [];
	for await (const { entries } of pages) {
		found.push(...entries);
		if (found.length >= most) break;
	}
	return { pages, names: found.map(({ name }) => name) };
}

describe('Reading a search page by page', () => {
	/** A server that counts from 0 and finds nothing without a filter can't be recognized. */
	const isRecognizable = ({ first, unfiltered }: Pick<Server, 'first' | 'unfiltered'>) =>
		first === 1 || unfiltered !== 'nothing';
	const servers = fc
		.record({
			first: fc.constantFrom<0 | 1>(0, 1),
			zero: fc.constantFrom<Server['zero']>('empty', 'first', 400, 404, 500),
			cap: fc.constantFrom(1, 3, 10, 50, 100, 1000),
			unpaged: fc.boolean(),
			wrapped: fc.boolean(),
			unfiltered: fc.constantFrom<Server['unfiltered']>('all', 'nothing', 400),
			count: fc.integer({ min: 0, max: 40 }),
		})
		.filter(isRecognizable);

	it('finds every entry once, for any page numbers and page sizes of the server', async () => {
		await fc.assert(
			fc.asyncProperty(servers, async (given) => {
				const at = server(given);
				for (let run = 0; run < 2; run++) {
					const { pages, names } = await read(at);
					expect(names.sort()).toEqual(at.entries.map(({ name }) => name).sort());
					expect(pages).toMatchObject({ isComplete: true, missing: undefined });
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('the first page that is returned has entries if there are any', async () => {
		await fc.assert(
			fc.asyncProperty(servers, async (given) => {
				const at = server({ ...given, count: given.count + 1 });
				const { names } = await read(at, 0);
				expect(names.length).toBeGreaterThan(0);
			}),
		);
	});

	it('requests 100 entries per page', async () => {
		const at = server({ count: 250 });
		await read(at);
		expect(at.asked.map(({ size }) => size)).toEqual(at.asked.map(() => 100));
	});

	it('stops reading pages when its caller stops', async () => {
		const at = server({ count: 250 });
		const { pages, names } = await read(at, 150);
		expect(names).toHaveLength(200);
		expect(pages).toMatchObject({ isComplete: false, count: 2, missing: undefined });
	});

	it('reads at most the given number of pages', async () => {
		const at = server({ count: 250 });
		at.search.mostPages = 2;
		const { pages, names } = await read(at);
		expect(names).toHaveLength(200);
		expect(pages).toMatchObject({ isComplete: false, count: 2, missing: undefined });
	});

	it('returns an entry once although others push it to the next page', async () => {
		const at = server({ count: 5 });
		const two = [{ session_guid: 'G4' }, { session_guid: 'G5', name: 'CS5' }];
		const instead = (_: number, { page_number, name }: IDataObject) =>
			name !== undefined && page_number === 2 ? { body: two } : undefined;
		const moved = server({ count: 5, instead });
		const { names, pages } = await read(moved);
		expect(names).toEqual([...at.entries.map(({ name }) => name), 'CS5']);
		expect(pages.isComplete).toBe(true);
	});

	it('omits values that are no entries and entries without a key', async () => {
		const body = [null, 'x', 3, [], {}, { name: 'nameless' }, { session_guid: 'G9', name: 'CS9' }];
		const instead = (_: number, { page_number, name }: IDataObject) =>
			name !== undefined && page_number === 1 ? { body } : undefined;
		expect((await read(server({ count: 0, instead }))).names).toEqual(['CS9']);
	});

	it('reports the response instead of a page after requesting it three times', async () => {
		const instead = (_: number, { page_number, name }: IDataObject) =>
			name !== undefined && page_number === 2 ? { status: 502, body: '<h1>Bad</h1>' } : undefined;
		const at = server({ count: 250, instead });
		const { pages, names } = await read(at);
		expect(names).toHaveLength(100);
		expect(pages).toMatchObject({
			isComplete: false,
			count: 1,
			missing: { kind: 'failed', applied: 'no', reason: 'service_unavailable', status: 502 },
		});
		expect(at.asked.filter(({ number, filtered }) => filtered && number === 2)).toHaveLength(3);
	});

	it.each([
		[{ status: 401 }, { kind: 'failed', reason: 'unauthorized' }],
		[
			{ status: 404, body: { code: 30, details: 'session_not_found' } },
			{ kind: 'refused', code: 30 },
		],
		[
			{ status: 200, body: { ok: true } },
			{ kind: 'failed', reason: 'service_unavailable' },
		],
		[
			{ status: 200, body: { data: 'x' } },
			{ kind: 'failed', reason: 'service_unavailable' },
		],
	])('reads no page and reports the cause if each response is %j', async (answer, missing) => {
		const { pages, names } = await read(server({ instead: () => answer }));
		expect(names).toEqual([]);
		expect(pages).toMatchObject({ isComplete: false, count: 0, missing });
	});
});

describe('Page 0', () => {
	const zeros = (at: ReturnType<typeof server>) => at.asked.filter(({ number }) => number === 0);
	const numbers = (at: ReturnType<typeof server>) => at.asked.map(({ number }) => number);

	it.each<Server['zero']>(['empty', 'first', 400, 404, 500])(
		'page 0 is read in one search only, after its last page, if the response is: %s',
		async (zero) => {
			const at = server({ zero, count: 250 });
			const tries = zero === 500 ? [0, 0, 0] : [0];
			for (let run = 0; run < 3; run++) expect((await read(at)).names).toHaveLength(250);
			expect(numbers(at)).toEqual([1, 2, 3, 4, ...tries, 1, 2, 3, 4, 1, 2, 3, 4]);
		},
	);

	it.each([1, 5, 100, 101, 150])(
		'page 0 is the first page if it has something new: %d entries',
		async (count) => {
			const at = server({ first: 0, count });
			expect((await read(at)).names).toHaveLength(count);
			at.asked.length = 0;
			expect((await read(at)).names).toEqual(at.entries.map(({ name }) => name));
			expect(numbers(at)).toEqual(count > 100 ? [0, 1, 2] : [0, 1]);
		},
	);

	it('page 0 is compared without the filter if a search finds nothing', async () => {
		const at = server({ first: 0, count: 5 });
		const none = { ...at, search: { ...at.search, filter: { none: true } } };
		at.hide((filter) => 'none' in filter);
		expect((await read(none)).names).toEqual([]);
		expect((await read(at)).names).toHaveLength(5);
		expect(at.asked.at(-2)?.number).toBe(0);
	});

	it('an empty page 0 proves nothing while there are no entries', async () => {
		const at = server({ first: 0, count: 0 });
		expect((await read(at)).pages.isComplete).toBe(true);
		at.entries.push({ session_guid: 'G', name: 'CS' });
		expect((await read(at)).names).toEqual(['CS']);
	});

	it('page 0 is compared once by simultaneous searches', async () => {
		const at = server({ count: 3 });
		at.hide(({ name }) => name !== undefined);
		await Promise.all([1, 2, 3, 4].map(async () => await read(at)));
		expect(zeros(at)).toHaveLength(1);
		expect(at.asked).toHaveLength(4 + 2);
	});

	it('no page is lost if page 0 repeats page 1 with an entry created meanwhile', async () => {
		const at = server({ zero: 'first', count: 250 });
		const { names } = await read({
			...at,
			transport: {
				...at.transport,
				async request(request) {
					const isZero = (request.body as IDataObject).page_number === 0;
					if (isZero) at.entries.unshift({ session_guid: 'new', name: 'new' });
					return await at.transport.request(request);
				},
			},
		});
		expect(names).toContain('new');
		expect((await read(at)).names).toHaveLength(251);
	});

	it('page 0 is requested again if it could not be read', async () => {
		let isDown = true;
		const instead = (_: number, { page_number }: IDataObject) =>
			isDown && page_number === 0 ? { status: 502 } : undefined;
		const at = server({ first: 0, count: 5, instead });
		expect((await read(at)).pages).toMatchObject({ isComplete: false, missing: { status: 502 } });
		isDown = false;
		expect((await read(at)).names).toHaveLength(5);
	});

	it('page 0 is not requested if reading starts at a later page', async () => {
		const at = server({ count: 250 });
		const { names } = await read({ ...at, search: { ...at.search, from: 3, mostPages: 1 } });
		expect(names).toHaveLength(50);
		expect(numbers(at)).toEqual([3]);
	});
});
