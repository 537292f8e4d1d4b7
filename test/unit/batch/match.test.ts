import type { IDataObject } from 'n8n-workflow';

import { matchResults } from '../../../nodes/Perculus/batch/match';
import { SESSION_COMPARER, type SentSession } from '../../../nodes/Perculus/session/compare';

const guidAt = (n: number) => `ABCDEF00-0000-4000-8000-${String(n).padStart(12, '0')}`;
const HOUR = 3_600_000;

/** An item, its start in Istanbul; with a number instead of a name, the update of that session. */
function item(name: string | number, rest: IDataObject = {}): SentSession {
	const request: IDataObject =
		typeof name === 'number'
			? { session_guid: guidAt(name), duration: 90, ...rest }
			: { name, start_date: '2031-03-05T14:00:00Z', duration: 60, timezone: ZONE, ...rest };
	const start = request.start_date as string | undefined;
	return {
		request,
		guid: typeof name === 'number' ? guidAt(name).toLowerCase() : undefined,
		start: start
			? { clock: start.slice(0, 19), zone: ZONE, instant: Date.parse(start) - 3 * HOUR }
			: undefined,
	};
}

const ZONE = 'Europe/Istanbul';
const model = (name: string | null, rest: IDataObject = {}): IDataObject => ({
	name,
	start_date: '2031-03-05T14:00:00+03:00',
	duration: 60,
	timezone: ZONE,
	lang: 'tr-TR',
	...rest,
});

/** An approved session with a number as its GUID. */
const ok = (n: number, name: string | null, rest: IDataObject = {}) =>
	model(name, { session_guid: guidAt(n), ...rest });
const no = (code: number, of: IDataObject | null) => ({
	model: of,
	code,
	details: [`No ${code}.`],
});

/** What each item got: '1' for an approved session, 'no 12' for a refusal, 'none'; with '?' or the returned name. */
function match(items: SentSession[], approved: unknown[], rejected: ReturnType<typeof no>[] = []) {
	const { results, unmatched } = matchResults(items, approved, rejected, SESSION_COMPARER);
	const got = results.map((result) => {
		if (!result) return 'none';
		const what =
			result.kind === 'approved'
				? String(Number(String(result.view.session_guid).slice(-12)))
				: `no ${result.code}`;
		if (result.mark === undefined) return what;
		return result.mark === 'maybeOther' ? `${what}?` : `${what} as ${result.mark.cameBackAs}`;
	});
	return unmatched.length === 0 ? got : [...got, `${unmatched.length} unmatched`];
}

const at = (hour: number, day = 5): IDataObject => ({
	start_date: `2031-03-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`,
});
const cameAt = (hour: number, day = 5, offset = '+03:00'): IDataObject => ({
	start_date: String(at(hour, day).start_date).replace('Z', offset),
});
const three = [item('Maths'), item('Maths'), item('Maths')];

type Case = [string, SentSession[], unknown[], ReturnType<typeof no>[], string[]];

const KEYS: Case[] = [
	[
		'finds an update by its GUID in any case and in either model shape',
		[item(1), item(2), item(3)],
		[{ session_guid: guidAt(2).toLowerCase(), name: 'Stored' }],
		[no(12, { session_guid: `{${guidAt(3)}}` }), no(30, { the_guid: guidAt(1) })],
		['no 30', '2', 'no 12'],
	],
	[
		'never gives the result of an update to a create',
		[item(1, { name: 'Maths' }), item('Maths')],
		[ok(1, 'Maths')],
		[],
		['1', 'none'],
	],
	[
		'marks an update that has two results',
		[item(1), item('Maths')],
		[ok(1, 'Stored'), ok(7, 'Maths')],
		[no(30, { the_guid: guidAt(1) })],
		['1?', '7', '1 unmatched'],
	],
	[
		'pairs a GUID that is returned twice with only one item, and marks it',
		[item('Maths'), item('Maths')],
		[ok(7, 'Maths'), ok(7, 'Maths')],
		[],
		['7?', 'none', '1 unmatched'],
	],
	[
		'finds a create by its reference although its name was changed',
		[item('A', { tags: 'ref:D-1' }), item('B', { tags: 'x,ref:d-2' })],
		[ok(2, 'Session', { tags: 'ref:D-2, x' })],
		[no(12, model('Session', { tags: 'REF:D-1' }))],
		['no 12', '2'],
	],
	[
		'marks an item whose reference fits but whose start differs',
		[item('A', { tags: 'ref:D-1' })],
		[ok(1, 'A', { tags: 'ref:D-1', ...cameAt(9, 20) })],
		[],
		['1?'],
	],
	[
		'falls back to the name if no tags are returned',
		[item('A', { tags: 'ref:D-1' }), item('B')],
		[ok(2, 'B'), ok(1, 'A', { tags: null })],
		[],
		['1', '2'],
	],
];

const NAMES: Case[] = [
	[
		'pairs names in any order',
		[item('A'), item('B'), item('C')],
		[ok(3, 'C'), ok(1, 'A')],
		[no(12, model('B'))],
		['1', 'no 12', '3'],
	],
	[
		'pairs names whose spaces and Unicode form were normalized',
		[item('  Higher   Maths '), item('Cafe\u0301')],
		[ok(2, 'Caf\u00e9'), ok(1, 'Higher Maths')],
		[],
		['1', '2'],
	],
	[
		'pairs names that were escaped as HTML',
		[item('R&D'), item('Türkçe <1>')],
		[ok(2, 'T&#252;rk&#231;e &lt;1&gt;'), ok(1, 'R&amp;D')],
		[],
		['1', '2'],
	],
	[
		'pairs names that were cut, also where the cut leaves a space',
		[item('Advanced Algebra'), item('Basic Algebra 1')],
		[ok(1, 'Advanced'), ok(2, 'Basic Al')],
		[],
		['1', '2'],
	],
	[
		'distinguishes cut names by their starts',
		[item('Advanced Algebra 1'), item('Advanced Algebra 2', at(9))],
		[ok(2, 'Advanced', cameAt(9)), ok(1, 'Advanced')],
		[],
		['1', '2'],
	],
	[
		'marks cut names that nothing distinguishes',
		[item('Advanced Algebra 1'), item('Advanced Algebra 2')],
		[ok(2, 'Advanced'), ok(1, 'Advanced')],
		[],
		['2?', '1?'],
	],
	[
		'does not treat any shorter name as a cut one',
		[item('Maths 1'), item('Physics 1')],
		[ok(2, 'Physics 1'), ok(1, 'Maths', cameAt(9, 20))],
		[],
		['none', '2', '1 unmatched'],
	],
	[
		'pairs refusals whose names are longer than any approved name',
		[item('Maths'), item('Maths 1'), item('Maths 2')],
		[ok(1, 'Maths')],
		[no(13, model('Maths 2')), no(12, model('Maths 1'))],
		['1', 'no 12', 'no 13'],
	],
	[
		'marks the only result with the name if its start differs',
		[item('Maths')],
		[ok(1, 'Maths', cameAt(9, 20))],
		[],
		['1?'],
	],
	[
		'ignores returned starts in the years 1 and 1970',
		[item('A'), item('B')],
		[ok(2, 'B', { start_date: '0001-01-01T00:00:00' })],
		[no(12, model('A', { start_date: '1970-01-01T00:00:00+00:00' }))],
		['no 12', '2'],
	],
];

const VALUES: Array<[string, IDataObject, IDataObject, IDataObject?]> = [
	['start', at(14), at(9), cameAt(9)],
	['duration', {}, { duration: 90 }],
	['duration as text', {}, { duration: 90 }, { duration: '90' }],
	['language', { lang: 'tr-TR' }, { lang: 'en-US' }],
	['zone', {}, { timezone: 'Europe/London' }],
	['tags, in any order', { tags: 'a' }, { tags: 'b, c' }, { tags: 'c,B' }],
	['tags that were not sent', {}, { tags: 'b' }],
	['description', { description: 'One.' }, { description: 'Two.' }],
	['an option', { options: { allow_rating: true } }, { options: { allow_rating: false } }],
	[
		'an option in JSON text',
		{ options: { chat: { offMessageModule: true } } },
		{ options: { chat: { offMessageModule: false } } },
		{ options: undefined, ui_options: '{"Chat":{"OffMessageModule":false}}' },
	],
	['a field that is not in the catalogue', { location: 'a' }, { location: 'b' }],
];

const BUCKETS: Case[] = [
	[
		'leaves identical items with the same outcome unmarked',
		three,
		[ok(3, 'Maths'), ok(1, 'Maths'), ok(2, 'Maths')],
		[],
		['3', '1', '2'],
	],
	[
		'marks identical items with different outcomes',
		three,
		[ok(3, 'Maths'), ok(1, 'Maths')],
		[no(12, model('Maths'))],
		['3?', '1?', 'no 12?'],
	],
	[
		'marks identical items with different refusals',
		three,
		[],
		[12, 13, 12].map((code) => no(code, model('Maths'))),
		['no 12?', 'no 13?', 'no 12?'],
	],
	[
		'marks identical items if a result is missing',
		three,
		[ok(1, 'Maths'), ok(2, 'Maths')],
		[],
		['1?', '2?', 'none'],
	],
	[
		'marks identical items if there is one result too many',
		three.slice(0, 2),
		[1, 2, 3].map((n) => ok(n, 'Maths')),
		[],
		['1?', '2?', '1 unmatched'],
	],
	[
		"marks items that only differ in a description that isn't returned",
		[item('Maths', { description: 'One.' }), item('Maths')],
		[ok(2, 'Maths'), ok(1, 'Maths')],
		[],
		['2?', '1?'],
	],
	[
		'ignores a returned value that no item sent',
		[item('Maths', { tags: 'a b' }), item('Maths', at(9))],
		[ok(2, 'Maths', cameAt(9)), ok(1, 'Maths', { tags: '#a#b', lang: 'de' })],
		[],
		['1', '2'],
	],
	[
		'uses a value that only one result has',
		[item('Maths'), item('Maths', { lang: 'en-US' })],
		[ok(1, 'Maths'), ok(2, 'Maths', { lang: 'en-US' })],
		[],
		['1', '2'],
	],
	[
		'compares the digits of starts if all of them were returned',
		[item('Maths', at(9)), item('Maths', at(12)), item('Maths', at(15))],
		[ok(3, 'Maths', cameAt(15)), ok(2, 'Maths', cameAt(12)), ok(1, 'Maths', cameAt(9))],
		[],
		['1', '2', '3'],
	],
	[
		'recognizes starts that are returned in UTC',
		[item('Maths', at(9)), item('Maths', at(12))],
		[ok(2, 'Maths', cameAt(9, 5, 'Z')), ok(1, 'Maths', cameAt(6, 5, '+00:00'))],
		[],
		['1', '2'],
	],
	[
		'recognizes starts that the server read as UTC',
		[item('Maths', at(9)), item('Maths', at(12))],
		[ok(2, 'Maths', cameAt(15)), ok(1, 'Maths', cameAt(12))],
		[],
		['1', '2'],
	],
	[
		'recognizes the UTC digits of starts that were sent with an offset',
		[9, 12].map((hour) => item('Maths', cameAt(hour))),
		[ok(2, 'Maths', cameAt(9)), ok(1, 'Maths', cameAt(6))],
		[],
		['1', '2'],
	],
	[
		'marks starts that can be read in two ways',
		[item('Maths', at(9)), item('Maths', at(12)), item('Maths', at(15))],
		[ok(1, 'Maths', cameAt(9, 5, 'Z')), ok(2, 'Maths', cameAt(12, 5, 'Z'))],
		[],
		['1?', '2?', 'none'],
	],
	[
		'marks identical items if the returned starts fit none of them',
		three.slice(0, 2),
		[ok(1, 'Maths', cameAt(7)), ok(2, 'Maths', cameAt(7))],
		[],
		['1?', '2?'],
	],
	[
		'ignores another session with the same name on another day',
		three.slice(0, 2),
		[ok(9, 'Maths', cameAt(14, 20)), ok(1, 'Maths')],
		[],
		['1?', 'none', '1 unmatched'],
	],
];

const REST: Case[] = [
	[
		'rejects all items if there are as many refusals as items',
		[item('A'), item('B'), item(3)],
		[],
		[12, 13, 14].map((code) => no(code, { the_guid: guidAt(70 + code) })),
		['no 12?', 'no 13?', 'no 14?'],
	],
	[
		'leaves items unmarked if all were refused in the same words',
		[item('A'), item(3)],
		[],
		[no(12, null), no(12, null)],
		['no 12', 'no 12'],
	],
	[
		'pairs refusals without a name with the same number of open items',
		[item('A'), item('B'), item(3)],
		[ok(2, 'B')],
		[no(12, null), no(12, {})],
		['no 12?', '2', 'no 12?'],
	],
	[
		"doesn't guess if there are fewer refusals without a name than open items",
		[item('A'), item('B'), item(3)],
		[ok(2, 'B')],
		[no(12, null)],
		['none', '2', 'none', '1 unmatched'],
	],
	[
		"doesn't guess if an approved result is also left",
		[item('A'), item('B')],
		[ok(2, 'B'), {}],
		[no(12, null)],
		['none', '2', '2 unmatched'],
	],
	[
		'pairs the only result left with the only create left, and notes the returned name',
		[item('Weekly ☕'), item('B')],
		[ok(2, 'B'), ok(1, 'Weekly ?')],
		[],
		['1 as Weekly ?', '2'],
	],
	[
		'pairs the only refusal left with the only create left, and notes the returned name',
		[item('Weekly ☕'), item('B')],
		[ok(2, 'B')],
		[no(12, model('Weekly ?'))],
		['no 12 as Weekly ?', '2'],
	],
	[
		'pairs several results left with creates by their starts',
		[item('تمارين'), item('دورة', at(9)), item('B')],
		[ok(2, '????', cameAt(9)), ok(3, 'B'), ok(1, '??????')],
		[],
		['1 as ??????', '2 as ????', '3'],
	],
	[
		"doesn't pair the only result left if its start also differs",
		[item('A')],
		[ok(1, 'B', cameAt(9, 20))],
		[],
		['none', '1 unmatched'],
	],
	[
		"doesn't pair an approved result without a GUID",
		[item('A')],
		[model('B')],
		[],
		['none', '1 unmatched'],
	],
	[
		'never gives an update the result of another GUID',
		[item(5)],
		[ok(1, 'Maths')],
		[],
		['none', '1 unmatched'],
	],
];

describe.each([
	['by keys', KEYS],
	['by names', NAMES],
	['of items with the same name', BUCKETS],
	['of the results left', REST],
] as const)('Matching %s', (_, cases) => {
	it.each(cases)('%s', (__, items, approved, rejected, expected) => {
		expect(match(items, approved, rejected)).toEqual(expected);
	});
});

describe('Matching by values', () => {
	it.each(VALUES)(
		'distinguishes items with the same name by %s',
		(_, one, other, shown = other) => {
			for (const isOtherRefused of [true, false]) {
				const items = [item('Maths', one), item('Maths', other)];
				const came = { ...other, ...(shown === other && shown.start_date ? cameAt(9) : shown) };
				const first = { ...one, ...(one.start_date ? cameAt(14) : {}) };
				expect(
					isOtherRefused
						? match(items, [ok(1, 'Maths', first)], [no(12, model('Maths', came))])
						: match(items, [ok(2, 'Maths', came)], [no(12, model('Maths', first))]),
				).toEqual(isOtherRefused ? ['1', 'no 12'] : ['no 12', '2']);
			}
		},
	);
});

it('matching gives the results of the example in docs/dev/matching.md', () => {
	const english = { lang: 'en-US' };
	const items = [item('Maths', english), item('Maths'), item('Maths', { lang: 'tr-TR' })];
	const approved = [ok(4, 'Maths', cameAt(12)), ok(2, 'Maths'), ok(1, 'Maths', english)];
	const got = match([...items, item('Maths', at(12))], approved, [no(35, model('Maths'))]);
	expect(got).toEqual(['1', '2?', 'no 35?', '4']);
});

it.each([
	[null],
	[[]],
	[{ name: {} }],
	[{ session_guid: 7, the_guid: {} }],
	[{ name: 'A', options: [1], ui_options: '{"x":' }],
	[{ name: 'A', start_date: '2031-99-99T99:99:99Z', tags: ['x'] }],
])('an update still gets its result if the results also have %j', (junk) => {
	const items = [item('A'), item('A', at(9)), item(3)];
	const own = [ok(1, 'A'), ok(2, 'A', cameAt(9)), ok(3, 'Stored')];
	const { results } = matchResults(
		items,
		[junk, ...own],
		[no(12, junk as IDataObject | null)],
		SESSION_COMPARER,
	);
	expect(results.map((result) => result?.kind === 'approved' && result.view)).toEqual(
		expect.arrayContaining([own[2]]),
	);
});

describe('Matching 20,000 items with the same name', () => {
	const MANY = 20_000;
	const startOf = (i: number) =>
		new Date(Date.UTC(2031, 0, 1) + i * 60_000).toISOString().slice(0, 19);

	/** Pairs what `make` sends and a server approves; counts comparisons and marks. */
	function count(make: (i: number) => IDataObject, show = (sent: IDataObject) => sent) {
		let comparisons = 0;
		const items = Array.from({ length: MANY }, (_, i) => item('Maths', make(i)));
		const views = items.map(({ request }, i) =>
			ok(
				i,
				'Maths',
				show({ ...request, start_date: String(request.start_date).replace('Z', '+03:00') }),
			),
		);
		const { results } = matchResults(items, views.reverse(), [], {
			...SESSION_COMPARER,
			compare(...lists) {
				const { fits, ...rest } = SESSION_COMPARER.compare(...lists);
				return { ...rest, fits: (...pair) => (comparisons++, fits(...pair)) };
			},
		});
		return {
			comparisons,
			paired: results.filter((result) => result).length,
			marked: results.filter((result) => result?.mark).length,
		};
	}

	it.each<[string, (i: number) => IDataObject, number]>([
		['that are identical', () => ({}), 0],
		['with different starts', (i) => ({ start_date: `${startOf(i)}Z` }), 0],
		[
			'with a start for each ten and different tags',
			(i) => ({ start_date: `${startOf(Math.floor(i / 10))}Z`, tags: `t${i % 10}` }),
			0,
		],
		['that only tags distinguish, which are all marked', (i) => ({ tags: `t${i}` }), MANY],
	])('matching needs few comparisons for items %s', (_, make, marked) => {
		const counted = count(make);
		expect(counted).toMatchObject({ paired: MANY, marked });
		expect(counted.comparisons).toBeLessThanOrEqual(40_000 + 10 * MANY);
	});

	it('matching needs few comparisons if no start is returned', () => {
		const counted = count(
			(i) => ({ start_date: `${startOf(i)}Z` }),
			(sent) => ({ ...sent, start_date: null }),
		);
		expect(counted).toMatchObject({ paired: MANY, marked: MANY });
		expect(counted.comparisons).toBeLessThanOrEqual(40_000 + 10 * MANY);
	});
});
