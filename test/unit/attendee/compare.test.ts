import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { isDraft } from '../../../nodes/Perculus/batch/types';
import { matchResults } from '../../../nodes/Perculus/batch/match';
import { type AttendeeDraft, buildAttendee } from '../../../nodes/Perculus/attendee/build';
import { ATTENDEE_COMPARER, differences } from '../../../nodes/Perculus/attendee/compare';

const guidAt = (n: number, first = 'A') =>
	`${first.repeat(8)}-0000-4000-8000-${String(n).padStart(12, '0')}`;
const codeAt = (n: number) => guidAt(n, 'C');

function draft(index: number, record: IDataObject): AttendeeDraft {
	const built = buildAttendee(
		{ index, record, issues: [], json: {} },
		{ path: '/x', beside: {}, joinUrl: { value: undefined }, issues: [] },
	);
	if (!isDraft(built)) throw new Error('This is no attendee');
	return built;
}

type Kind = 'code' | 'user' | 'email';
const draftOf = (kind: Kind, n: number) =>
	draft(
		n,
		{
			code: { attendance_code: codeAt(n).toLowerCase() },
			user: { user_guid: guidAt(n).toLowerCase() },
			email: { email: `P${n}@x.example`, name: 'N', surname: 'S' },
		}[kind],
	);

/** An attendee of the session as a server shows it. */
const viewOf = (n: number, keys: 'guid' | 'id'): IDataObject => ({
	[keys === 'guid' ? 'user_guid' : 'user_id']: guidAt(n),
	attendance_code: codeAt(n),
	email: `p${n}@x.example`,
	name: 'Same',
	surname: 'Same',
	n,
});

it('pairs each attendee with their own result by any key, in any order and spelling', () => {
	const person = fc.record({
		kind: fc.constantFrom<Kind>('code', 'user', 'email'),
		fate: fc.constantFrom('approved', 'echo', 'entity'),
	});
	const crowd = fc.record({
		people: fc.array(person, { minLength: 1, maxLength: 30 }),
		keys: fc.constantFrom<'guid' | 'id'>('guid', 'id'),
		order: fc.infiniteStream(fc.nat()),
	});
	fc.assert(
		fc.property(crowd, ({ people, keys, order }) => {
			const drafts = people.map(({ kind }, n) => draftOf(kind, n));
			const shuffle = <T>(list: T[]) =>
				list
					.map((one) => ({ one, at: order.next().value ?? 0 }))
					.sort((a, b) => a.at - b.at)
					.map(({ one }) => one);
			const numbers = people.map((_, n) => n);
			const approved = shuffle(numbers.filter((n) => people[n]?.fate === 'approved'));
			const refused = shuffle(numbers.filter((n) => people[n]?.fate !== 'approved'));
			const { results, unmatched } = matchResults(
				drafts,
				approved.map((n) => viewOf(n, keys)),
				refused.map((n) => ({
					model:
						people[n]?.fate === 'echo'
							? { ...drafts[n]?.request }
							: { account_id: 1, user_id: 0, session_id: 0, email: null, ...drafts[n]?.request },
					code: n,
					details: [],
				})),
				ATTENDEE_COMPARER,
			);
			expect(unmatched).toEqual([]);
			results.forEach((result, n) => {
				expect(result?.mark).toBeUndefined();
				expect(result?.kind === 'approved' ? result.view.n : result?.code).toBe(n);
			});
		}),
		{ numRuns: 300 },
	);
});

it('needs one comparison for each returned attendee', () => {
	let comparisons = 0;
	const counted = {
		...ATTENDEE_COMPARER,
		compare(...lists: Parameters<typeof ATTENDEE_COMPARER.compare>) {
			const { fits, ...rest } = ATTENDEE_COMPARER.compare(...lists);
			return {
				...rest,
				fits: (...pair: Parameters<typeof fits>) => (comparisons++, fits(...pair)),
			};
		},
	};
	const drafts = Array.from({ length: 5_000 }, (_, n) =>
		draftOf((['email', 'user', 'code'] as const)[n % 3] ?? 'email', n),
	);
	const views = drafts.map(({ index }) => viewOf(index, 'guid')).reverse();
	const { results } = matchResults(drafts, views.slice(1), [], counted);
	expect(results.filter((result) => result)).toHaveLength(4_999);
	expect(comparisons).toBe(4_999);
});

describe('Differences between request and response', () => {
	const view = { email: 'p1@x.example', user_guid: guidAt(1), attendance_code: codeAt(1) };

	it.each<[string, IDataObject, number]>([
		[
			'the same email address in another case',
			{ attendance_code: codeAt(1), email: 'P1@X.example' },
			0,
		],
		[
			'another email address beside a code',
			{ attendance_code: codeAt(1), email: 'p2@x.example' },
			1,
		],
		['another email address of a user', { user_guid: guidAt(1), email: 'p2@x.example' }, 1],
		['another user beside a code', { attendance_code: codeAt(1), user_guid: guidAt(2) }, 1],
		['nothing to compare', { attendance_code: codeAt(1) }, 0],
	])('counts differences for %s: %j has %d', (_, record, count) => {
		expect(differences(draft(0, record), view)).toHaveLength(count);
		expect(differences(draft(0, record), {})).toEqual([]);
	});
});
