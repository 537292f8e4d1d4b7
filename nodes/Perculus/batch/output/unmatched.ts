import type { Result } from '../match/results';

/** So many are named; they stand on every item without a result. */
const MOST_NAMED = 10;
/** Characters of what is named. */
const LONGEST = 150;

const short = (text: string) =>
	text.length > LONGEST
		? `${Array.from(text.slice(0, LONGEST + 1))
				.slice(0, -1)
				.join('')}…`
		: text;

function list(names: readonly string[], separator: string): string {
	const named = names.slice(0, MOST_NAMED).map(short).join(separator);
	const more = names.length - MOST_NAMED;
	return more > 0 ? `${named} and ${more} more` : named;
}

const reported = (names: readonly string[], one: string, many: string, separator: string) =>
	names.length === 0
		? []
		: [
				`Perculus also reported ${names.length === 1 ? `${one} that fits` : `${names.length} ${many} that fit`} no item: ${list(names, separator)}.`,
			];

function wordsOf({ code, details }: Extract<Result, { kind: 'rejected' }>): string {
	const words = [String(code ?? ''), ...details].join(' ').trim().replace(/\.$/, '');
	return words === '' ? 'without a reason' : words;
}

/** The results that fit no item, for the items that have none: approved sessions by their GUIDs, refusals by their words. */
export function unmatchedNotes(unmatched: readonly Result[]): string[] {
	const guids = unmatched.flatMap((result) =>
		result.kind === 'approved' ? [String(result.view.session_guid ?? 'without a GUID')] : [],
	);
	const words = unmatched.flatMap((result) => (result.kind === 'rejected' ? [wordsOf(result)] : []));
	return [
		...reported(guids, 'an approved session', 'approved sessions', ', '),
		...reported(words, 'a refusal', 'refusals', '; '),
	];
}
