import { findReferences } from '../../../nodes/Perculus/session/lookup';
import { createWorld, guidAt, page, pages, searchesIn, session } from './world';

const names = (count: number) => Array.from({ length: count }, (_, n) => `r${n}`);
const many = (count: number, tags: (n: number) => string) =>
	Array.from({ length: count }, (_, n) => session(n + 1, tags(n)));
const tagsOf = (request: { body?: unknown }) => (request.body as { tags?: string }).tags;
const find = async (world: ReturnType<typeof createWorld>, references: readonly string[]) =>
	await findReferences(world, references, { withRemembered: true });

describe('Searching for references', () => {
	it('searches for up to twenty references with one request each', async () => {
		const world = createWorld((request) => page(request, [session(1, tagsOf(request) ?? '')]));
		const { findings } = await find(world, names(20));
		expect(searchesIn(world).map(({ tags }) => tags)).toEqual(names(20).map((n) => `ref:${n}`));
		expect(findings.get('r19')).toMatchObject({ kind: 'one' });
	});

	it('reads the pages of all references if there are more than twenty', async () => {
		const world = createWorld((request) =>
			pages(
				request,
				many(150, (n) => `ref:r${n}`),
			),
		);
		const { findings } = await find(world, [...names(21), 'missing']);
		expect(searchesIn(world)).toEqual([1, 2, 3].map((n) => ({ tags: 'ref:', page: n })));
		expect(findings.get('r20')).toMatchObject({ kind: 'one', guid: guidAt(21) });
		expect(findings.get('missing')).toEqual({ kind: 'none' });
	});

	it('reads all sessions if the search for part of a tag finds nothing', async () => {
		const world = createWorld((request) =>
			pages(request, tagsOf(request) === undefined ? many(5, (n) => `math,ref:r${n}`) : []),
		);
		const { findings } = await find(world, names(21));
		expect(searchesIn(world)).toEqual([
			{ tags: 'ref:', page: 1 },
			// Compared with page 0, once.
			{ tags: undefined, page: 1 },
			{ tags: undefined, page: 1 },
			{ tags: undefined, page: 2 },
		]);
		expect(findings.get('r4')).toMatchObject({ kind: 'one', guid: guidAt(5) });
	});

	it.each<[string, string | null]>([
		['no tags', null],
		['only other tags', 'math,xref:a'],
	])('reads the pages of all references if the search shows a session with %s', async (_, tags) => {
		const world = createWorld((request) =>
			pages(request, [session(1, tags), session(2, 'ref:b'), session(3, 'ref:a')], 2),
		);
		const { findings } = await find(world, ['a']);
		expect(searchesIn(world)).toEqual([
			{ tags: 'ref:a', page: 1 },
			{ tags: 'ref:', page: 1 },
			{ tags: 'ref:', page: 2 },
			{ tags: 'ref:', page: 3 },
		]);
		expect(findings.get('a')).toMatchObject({ kind: 'one', guid: guidAt(3) });
	});

	it('trusts the filter although the search shows a session with another reference', async () => {
		// `_` stands for any character in some databases.
		const world = createWorld((request) =>
			page(request, [session(1, 'ref:axb'), session(2, 'ref:a_b')]),
		);
		const { findings } = await find(world, ['a_b']);
		expect(findings.get('a_b')).toMatchObject({ kind: 'one', guid: guidAt(2) });
		expect(searchesIn(world).map(({ tags }) => tags)).toEqual(['ref:a_b', 'ref:a_b']);
	});

	it('reads a single search to its last page', async () => {
		const found = many(5, (n) => (n === 4 ? 'ref:a' : `ref:a${n}`));
		const world = createWorld((request) => pages(request, found, 2));
		expect((await find(world, ['a'])).findings.get('a')).toMatchObject({ guid: guidAt(5) });
		expect(searchesIn(world).map((one) => one.page)).toEqual([1, 2, 3]);
	});

	it('reads the pages of all references after a single search has filled five pages', async () => {
		const found = many(1000, (n) => `ref:a${n}`);
		const world = createWorld((request) => pages(request, found));
		expect((await find(world, ['a'])).findings.get('a')).toEqual({ kind: 'none' });
		const searches = searchesIn(world);
		expect(searches.filter(({ tags }) => tags === 'ref:a')).toHaveLength(5);
		expect(searches.filter(({ tags }) => tags === 'ref:')).toHaveLength(11);
	});

	it('reports a reference as incomplete if 200 pages did not show it', async () => {
		let guid = 0;
		const world = createWorld((request) =>
			tagsOf(request) === 'ref:' && (request.body as { page_number: number }).page_number > 0
				? { status: 200, body: [session(++guid, `ref:r${guid}`)] }
				: { status: 200, body: [] },
		);
		const { findings } = await find(world, [...names(21), 'r200', 'r201']);
		expect(findings.get('r200')).toMatchObject({ kind: 'one' });
		expect(findings.get('r201')).toEqual({ kind: 'incomplete' });
		expect(searchesIn(world)).toHaveLength(200);
	});

	it('starts no further searches after one that failed', async () => {
		const world = createWorld(() => ({ status: 401 }));
		const { findings, failure } = await find(world, names(20));
		expect(failure).toMatchObject({ reason: 'unauthorized' });
		expect(findings.size).toBe(0);
		expect(searchesIn(world).length).toBeLessThanOrEqual(4);
	});

	it('treats a refused search as a failed one', async () => {
		const body = { code: 12, details: ['No tags.'] };
		const world = createWorld(() => ({ status: 400, body }));
		const { failure } = await find(world, ['a']);
		expect(failure).toMatchObject({
			reason: 'request_refused',
			message: 'Perculus refused to search for sessions: No tags.',
		});
	});

	it('sends one search per lookup, also after searches that found nothing', async () => {
		const world = createWorld((request) =>
			page(request, tagsOf(request) === undefined ? [session(1, 'math')] : []),
		);
		for (let n = 0; n < 3; n++) await find(world, ['a']);
		const singles = searchesIn(world).filter(({ tags }) => tags !== undefined);
		expect(singles).toHaveLength(3);
		// The first one also compares page 1 with page 0.
		expect(searchesIn(world)).toHaveLength(3 + 1);
	});
});

describe('Sessions found by a reference', () => {
	const guidsFor = async (reference: string, tags: string[]) => {
		const world = createWorld((request) =>
			page(
				request,
				tags.map((one, n) => session(n + 1, one)),
			),
		);
		const finding = (await find(world, [reference])).findings.get(reference);
		if (finding?.kind === 'one') return finding.guid;
		return finding?.kind === 'several' ? finding.guids : finding?.kind;
	};

	it.each<[string, string[], number | number[] | 'none']>([
		['a', ['ref:a'], 1],
		['a', ['x, REF: a ,y'], 1],
		['a', ['ref:ab', 'ref:b,ref:a'], 2],
		['a', ['ref:A', 'ref:a'], 2],
		['a', ['ref:A'], [1]],
		['a', ['ref:A', 'REF:A'], [1, 2]],
		['a', ['ref:a', 'ref:a'], [1, 2]],
		['Caf\u00e9', ['ref:Cafe\u0301'], 1],
		['izmir', ['ref:\u0130ZM\u0130R'], [1]],
		['a', ['ref:a b'], 'none'],
	])('the reference %j among the tags %j finds: %j', async (reference, tags, expected) => {
		const guids = Array.isArray(expected)
			? expected.map(guidAt)
			: typeof expected === 'number'
				? guidAt(expected)
				: expected;
		expect(await guidsFor(reference, tags)).toEqual(guids);
	});
});
