import { recoverByReference, verifyCreated } from '../../../nodes/Perculus/session/review';
import { createWorld, guidAt, page, searchesIn, session, type Reply } from './world';

/** Searches return the first of these, the next one after 2 and 6 seconds; the last one stays. */
function worldShowing(...searches: Array<Array<ReturnType<typeof session>> | number>) {
	const began = 1_000_000;
	const world = createWorld((request): Reply => {
		const seconds = ((world.sentAt.at(-1) ?? began) - began) / 1000;
		const place = seconds < 2 ? 0 : seconds < 6 ? 1 : 2;
		const shown = searches[Math.min(place, searches.length - 1)] ?? [];
		return typeof shown === 'number' ? { status: shown } : page(request, shown);
	});
	return world;
}

const created = { reference: 'a', guid: guidAt(1) };
const mine = session(1, 'ref:a');
const other = session(2, 'ref:a');

describe('Verifying created sessions', () => {
	it.each<[string, Parameters<typeof worldShowing>, RegExp | undefined]>([
		['found at once has no warning', [[mine]], undefined],
		['found after two seconds has no warning', [[], [mine]], undefined],
		['found after six seconds has no warning', [[], [], [mine]], undefined],
		['that is not found has a warning', [[]], /does not find it by its reference a/],
		[
			'found twice has a warning with both GUIDs',
			[[mine, other]],
			new RegExp(`2 sessions.*${guidAt(1)}, ${guidAt(2)}`),
		],
		[
			'found after another one has a warning with its GUID',
			[[other], [mine]],
			new RegExp(`2 sessions.*${guidAt(2)}`),
		],
		[
			'of which only another one is found has a warning with its GUID',
			[[other]],
			new RegExp(`2 sessions.*${guidAt(2)}`),
		],
		['found after a failed search has no warning', [500, [mine]], undefined],
		['whose search fails has a warning', [401], /could not be looked up/],
	])('a created session %s', async (_, searches, expected) => {
		const warnings = await verifyCreated(worldShowing(...searches), [created]);
		if (expected === undefined) expect(warnings.size).toBe(0);
		else expect(warnings.get(created.guid)).toMatch(expected);
	});

	it('searches for a created session at once, after two and after six seconds', async () => {
		const world = worldShowing([]);
		await verifyCreated(world, [created]);
		expect(new Set(world.sentAt.map((at) => at - 1_000_000))).toEqual(new Set([0, 2000, 6000]));
	});

	it('searches again only for missing sessions', async () => {
		const world = worldShowing([mine]);
		await verifyCreated(world, [created, { reference: 'b', guid: guidAt(3) }]);
		const tags = searchesIn(world).map((one) => one.tags);
		expect(tags.filter((one) => one === 'ref:a')).toHaveLength(1);
		expect(tags.filter((one) => one === 'ref:b')).toHaveLength(3);
	});

	it('sends no search if nothing was created', async () => {
		const world = worldShowing([]);
		expect((await verifyCreated(world, [])).size).toBe(0);
		expect(world.requests).toEqual([]);
	});
});

describe('Recovering a create whose response was lost', () => {
	it.each<[string, Parameters<typeof worldShowing>, unknown]>([
		['found at once is recovered', [[mine]], { kind: 'one', guid: guidAt(1) }],
		['found after six seconds is recovered', [[], 500, [mine]], { kind: 'one', guid: guidAt(1) }],
		[
			'found twice is reported as several',
			[[mine, other]],
			{ kind: 'several', guids: [guidAt(1), guidAt(2)] },
		],
		['that is not found stays unknown', [[]], undefined],
		['whose search fails stays unknown', [401], undefined],
	])('a create without a response %s', async (_, searches, expected) => {
		const found = await recoverByReference(worldShowing(...searches), [created]);
		if (expected === undefined) expect(found.size).toBe(0);
		else expect(found.get(created)).toMatchObject(expected as object);
	});
});
