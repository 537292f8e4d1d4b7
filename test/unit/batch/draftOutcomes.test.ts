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
	['nothing', [], []],
	['one', [approved('G')], ['Perculus also reported an approved session that fits no item: G.']],
	[
		'one without a GUID',
		[approved()],
		['Perculus also reported an approved session that fits no item: without a GUID.'],
	],
	[
		'ten',
		many(10),
		[
			'Perculus also reported 10 approved sessions that fit no item: G0, G1, G2, G3, G4, G5, G6, G7, G8, G9.',
		],
	],
	[
		'eleven',
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
		'both',
		[approved('G'), refused(30, 'gone')],
		[
			'Perculus also reported an approved session that fits no item: G.',
			'Perculus also reported a refusal that fits no item: 30 gone.',
		],
	],
])('%s', (_, results, notes) => {
	expect(notesOn(results)).toEqual(notes);
});

it('is short, whatever the answer has', () => {
	const long = '\u{1F393}'.repeat(100_000);
	const [guids = '', words = ''] = notesOn([
		...Array<Result>(500).fill(approved(long)),
		...Array<Result>(500).fill(refused(1, long)),
	]);
	expect(guids.length + words.length).toBeLessThan(4_000);
	expect((guids + words).isWellFormed()).toBe(true);
});
