import type { IDataObject } from 'n8n-workflow';

import type { ItemInput, Resolution } from '../../../nodes/Perculus/batch/types';
import type { WriteOperation } from '../../../nodes/Perculus/session/draft';
import { rememberedSessions, rememberSessions } from '../../../nodes/Perculus/session/memory';
import { resolveReferences } from '../../../nodes/Perculus/session/resolve';
import {
	createWorld,
	guidAt,
	isGet,
	page,
	remember,
	type Reply,
	session,
	type World,
} from './world';

/*
 * Rule 12 as a table: what the search shows × what this process remembers × what the GET of the remembered session says
 * → what happens to an item with the reference 'a'. M (1) is the session that this process created with 'a', B (2) is
 * another one.
 */

const SEARCHES = {
	nothing: [],
	M: [session(1, 'math,ref:a')],
	B: [session(2, 'ref:a')],
	'M and B': [session(1, 'math,ref:a'), session(2, 'ref:a')],
	'two others': [session(2, 'ref:a'), session(3, 'REF: a ')],
	'B, deleted': [session(2, 'ref:a', { status: -1 })],
	"B with 'A'": [session(2, 'ref:A')],
	"B with 'ab'": [session(2, 'ref:ab')],
	'M with other tags': [session(1, 'math,ref:old')],
	failed: 'failed',
} as const;

const GETS: Record<string, Reply> = {
	'M as it was returned': { status: 200, body: session(1, 'math,ref:a') },
	'M with one more tag': { status: 200, body: session(1, 'math,new,ref:a') },
	'M without its reference': { status: 200, body: session(1, 'math') },
	'M with another reference': { status: 200, body: session(1, 'math,ref:b') },
	'M without any tags': { status: 200, body: session(1, null) },
	'M without the key tags': { status: 200, body: { session_guid: guidAt(1), status: 1 } },
	'M, deleted': { status: 200, body: session(1, 'math,ref:a', { status: -1 }) },
	'404 with code 30': { status: 404, body: { code: 30, details: 'Session not found' } },
	'404 with a page': { status: 404, body: '<html>Not found</html>' },
	'404 with another code': { status: 404, body: { code: 25, details: 'No account' } },
	'a refusal': { status: 400, body: { code: 12, details: 'No' } },
	'500': { status: 500 },
	'401': { status: 401 },
	'another session': { status: 200, body: session(2, 'ref:a') },
	'a page': { status: 200, body: '<html>Sign in</html>' },
};

type SearchName = keyof typeof SEARCHES;
type GetName = keyof typeof GETS;

/** M counts as found, or is forgotten and not requested again; with any other response, its state is unknown. */
const FOUND = ['M as it was returned', 'M with one more tag', 'M without the key tags'];
const FORGOTTEN = [
	'M without its reference',
	'M with another reference',
	'M without any tags',
	'M, deleted',
	'404 with code 30',
];

type Result = 'create' | 'update M' | 'update B' | 'ambiguous' | 'failed';

/** Without a remembered session, only the search counts. */
const UNREMEMBERED: Record<SearchName, Result> = {
	nothing: 'create',
	M: 'update M',
	B: 'update B',
	'M and B': 'ambiguous',
	'two others': 'ambiguous',
	'B, deleted': 'create',
	"B with 'A'": 'ambiguous',
	"B with 'ab'": 'create',
	'M with other tags': 'create',
	failed: 'failed',
};

/** With M remembered, its GET counts, unless the search shows M or failed: then no GET is sent. */
const REMEMBERED: Record<SearchName, { found: Result; forgotten: Result; isAsked: boolean }> = {
	nothing: { found: 'update M', forgotten: 'create', isAsked: true },
	M: { found: 'update M', forgotten: 'update M', isAsked: false },
	B: { found: 'ambiguous', forgotten: 'update B', isAsked: true },
	'M and B': { found: 'ambiguous', forgotten: 'ambiguous', isAsked: false },
	'two others': { found: 'ambiguous', forgotten: 'ambiguous', isAsked: true },
	'B, deleted': { found: 'update M', forgotten: 'create', isAsked: true },
	"B with 'A'": { found: 'update M', forgotten: 'ambiguous', isAsked: true },
	"B with 'ab'": { found: 'update M', forgotten: 'create', isAsked: true },
	'M with other tags': { found: 'update M', forgotten: 'create', isAsked: true },
	failed: { found: 'failed', forgotten: 'failed', isAsked: false },
};

const item = (reference: string): ItemInput =>
	({ index: 0, json: {}, issues: [], record: { session_reference: reference } }) as never;

async function resolve(world: World, operation: WriteOperation = 'upsert', reference = 'a') {
	const { each, failure, release } = await resolveReferences(
		{ ...world, isDryRun: false },
		[item(reference)],
		{ operation, label: 'Session Reference', isSound: () => true },
	);
	release();
	return { resolution: each[0] as Resolution, failure };
}

function resultOf({ resolution, failure }: Awaited<ReturnType<typeof resolve>>): string {
	if (failure) return 'failed';
	const { subject, refused } = resolution;
	if (refused) return refused.reason === 'ambiguous_reference' ? 'ambiguous' : refused.reason;
	if (subject.kind !== 'existing') return subject.kind === 'new' ? 'create' : subject.kind;
	return subject.guid === guidAt(1) ? 'update M' : subject.guid === guidAt(2) ? 'update B' : '?';
}

const worldWith = (search: SearchName, get: Reply = { status: 500 }) =>
	createWorld((request) => {
		const shown = SEARCHES[search];
		if (isGet(request)) return get;
		return shown === 'failed' ? { status: 401 } : page(request, shown);
	});

const isRemembered = (world: World) => rememberedSessions(world).size > 0;

describe('Item with a reference that is not remembered', () => {
	it.each(Object.entries(UNREMEMBERED) as Array<[SearchName, Result]>)(
		'nothing is remembered and the search shows %s: %s',
		async (search, expected) => {
			const world = worldWith(search);
			expect(resultOf(await resolve(world))).toBe(expected);
			expect(world.requests.filter(isGet)).toEqual([]);
		},
	);
});

const cells = (Object.keys(SEARCHES) as SearchName[]).flatMap((search) =>
	Object.keys(GETS).map((get) => {
		const { found, forgotten, isAsked } = REMEMBERED[search];
		const isForgotten = isAsked && FORGOTTEN.includes(get);
		const isUnknown = isAsked && !isForgotten && !FOUND.includes(get);
		const result = isUnknown ? 'failed' : isForgotten ? forgotten : found;
		return { search, get: get as GetName, result, isAsked, isForgotten };
	}),
);

describe('Item with a reference that is remembered for M', () => {
	it('the table has a cell for each search and GET', () => {
		expect(cells).toHaveLength(150);
	});

	it.each(cells)(
		'M is remembered, the search shows $search, the GET returns $get: $result',
		async ({ search, get, result, isAsked, isForgotten }) => {
			const world = worldWith(search, GETS[get]);
			const draft = { request: { tags: 'math,ref:a' } };
			rememberSessions(world, [{ view: session(1, 'math,ref:a'), draft }]);
			expect(resultOf(await resolve(world))).toBe(result);
			expect(world.requests.some(isGet)).toBe(isAsked);
			expect(isRemembered(world)).toBe(!isForgotten);
		},
	);
});

describe('Tags that M was returned with', () => {
	it.each<[string, IDataObject['x'], IDataObject, Result]>([
		['no tags because the server hides them', null, session(1, null), 'update M'],
		["tags in the server's own spelling", 'ref-a', session(1, 'ref-a'), 'update M'],
		['tags with other spaces', 'math, ref-a', session(1, 'math,ref-a '), 'update M'],
		['no tags but has other ones now', null, session(1, 'math'), 'create'],
		['tags in capital letters', 'REF:A', session(1, 'REF:A'), 'ambiguous'],
	])('resolves the reference if M was returned with %s', async (_, tags, shown, expected) => {
		const world = worldWith('nothing', { status: 200, body: shown });
		const draft = { request: { tags: 'math,ref:a' } };
		rememberSessions(world, [{ view: { ...session(1, null), tags }, draft }]);
		expect(resultOf(await resolve(world))).toBe(expected);
	});
});

describe('How long M is remembered', () => {
	it.each<[number, Result]>([
		[599_999, 'update M'],
		[600_000, 'create'],
	])('after %d ms, the remembered M leads to: %s', async (milliseconds, expected) => {
		const world = worldWith('nothing', GETS['M as it was returned']);
		remember(world, session(1, 'ref:a'));
		world.advance(milliseconds);
		expect(resultOf(await resolve(world))).toBe(expected);
	});

	it('M is only remembered under the references of its last tags', async () => {
		const world = worldWith('nothing', { status: 200, body: session(1, 'ref:b') });
		remember(world, session(1, 'ref:a'));
		remember(world, session(1, 'ref:b'));
		expect(resultOf(await resolve(world))).toBe('create');
		expect(resultOf(await resolve(world, 'upsert', 'b'))).toBe('update M');
	});

	it('M is only remembered for its own account', async () => {
		const world = worldWith('nothing', GETS['M as it was returned']);
		remember(world, session(1, 'ref:a'));
		expect(resultOf(await resolve({ ...world, account: 'another' }))).toBe('create');
	});
});

describe('Findings by operation', () => {
	const EXPECTED: Array<[SearchName, Record<WriteOperation, string>]> = [
		['nothing', { upsert: 'create', create: 'create', update: 'session_not_found' }],
		['B', { upsert: 'update B', create: 'already_exists', update: 'update B' }],
		['M and B', { upsert: 'ambiguous', create: 'ambiguous', update: 'ambiguous' }],
		["B with 'A'", { upsert: 'ambiguous', create: 'ambiguous', update: 'ambiguous' }],
		['failed', { upsert: 'failed', create: 'failed', update: 'failed' }],
	];
	const rows = EXPECTED.flatMap(([search, results]) =>
		(Object.keys(results) as WriteOperation[]).map((operation) => ({
			search,
			operation,
			result: results[operation],
		})),
	);

	it.each(rows)(
		'the operation $operation leads to the result $result if the search shows $search',
		async (row) => {
			expect(resultOf(await resolve(worldWith(row.search), row.operation))).toBe(row.result);
		},
	);

	it('a rejection lists its candidates', async () => {
		const candidatesOf = async (search: SearchName, operation: WriteOperation) =>
			(await resolve(worldWith(search), operation)).resolution.refused?.candidates;
		expect(await candidatesOf('B', 'create')).toEqual([guidAt(2)]);
		expect(await candidatesOf('M and B', 'upsert')).toEqual([guidAt(1), guidAt(2)]);
		expect(await candidatesOf("B with 'A'", 'update')).toEqual([guidAt(2)]);
		expect(await candidatesOf('nothing', 'update')).toBeUndefined();
	});
});
