import type { Result } from '../../../nodes/Perculus/batch/possiblePairs';
import { unmatchedNotes } from '../../../nodes/Perculus/batch/draftOutcomes';
import { SESSION_IDENTITY } from '../../../nodes/Perculus/session/compare';
import { SESSION_NOUN } from '../../../nodes/Perculus/session/fields';

const notesOn = (results: readonly Result[]) =>
	unmatchedNotes(results, { noun: SESSION_NOUN, identity: SESSION_IDENTITY });

const approved = (session_guid?: string): Result => ({
	kind: 'approved',
	view: session_guid === undefined ? {} : { session_guid },
});
const refused = (code: number | null, ...details: string[]): Result => ({
	kind: 'rejected',
	code,
	details,
});
const many = (count: number) => Array.from({ length: count }, (_, i) => approved(`G${i}`));

it.each<[string, Result[], string[]]>([
	['nothing if there are none', [], []],
	[
		'one approved session',
		[approved('G')],
		['Perculus also reported an approved session that fits no item: G.'],
	],
	[
		'an approved session without a GUID',
		[approved()],
		['Perculus also reported an approved session that fits no item: without a GUID.'],
	],
	[
		'ten approved sessions',
		many(10),
		[
			'Perculus also reported 10 approved sessions that fit no item: G0, G1, G2, G3, G4, G5, G6, G7, G8, G9.',
		],
	],
	[
		'the first ten of eleven approved sessions',
		many(11),
		[
			'Perculus also reported 11 approved sessions that fit no item: G0, G1, G2, G3, G4, G5, G6, G7, G8, G9 and 1 more.',
		],
	],
	[
		'refusals',
		[refused(35, 'Too many.'), refused(null), refused(12, 'One.', 'Two.')],
		[
			'Perculus also reported 3 refusals that fit no item: 35 Too many; without a reason; 12 One. Two.',
		],
	],
	[
		'approved sessions and refusals',
		[approved('G'), refused(30, 'gone')],
		[
			'Perculus also reported an approved session that fits no item: G.',
			'Perculus also reported a refusal that fits no item: 30 gone.',
		],
	],
])('the notes on unmatched results list %s', (_, results, notes) => {
	expect(notesOn(results)).toEqual(notes);
});

it('the notes on unmatched results stay short for long responses', () => {
	const long = '\u{1F393}'.repeat(100_000);
	const [guids = '', words = ''] = notesOn([
		...Array<Result>(500).fill(approved(long)),
		...Array<Result>(500).fill(refused(1, long)),
	]);
	expect(guids.length + words.length).toBeLessThan(4_000);
	expect((guids + words).isWellFormed()).toBe(true);
});
