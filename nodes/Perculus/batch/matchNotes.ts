import { quote } from '../values/text';
import type { Result } from './candidates';
import type { Identity, Noun } from './draft';

/** At most so many are named, because every item without a result names them. */
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

/** How results that fit no item are named. */
interface ResultLabels {
	noun: Noun;
	identity: Identity;
}

/** The results that fit no item, for the items that have none: approved ones by their GUIDs, say, refusals by their words. */
export function unmatchedNotes(
	unmatched: readonly Result[],
	{ noun, identity }: ResultLabels,
): string[] {
	const names = unmatched.flatMap((result) =>
		result.kind === 'approved' ? [identity.of(result.view) ?? `without ${identity.words}`] : [],
	);
	const words = unmatched.flatMap((result) =>
		result.kind === 'rejected' ? [wordsOf(result)] : [],
	);
	return [
		...reported(names, `an approved ${noun.one}`, `approved ${noun.many}`, ', '),
		...reported(words, 'a refusal', 'refusals', '; '),
	];
}

/** What a person has to know of a result that isn't certainly the item's. */
export function pairingNote({ kind, mark }: Result, { one }: Noun): string {
	const what = kind === 'approved' ? 'result' : 'refusal';
	if (mark === undefined || mark === 'maybeOther')
		return `This ${what} may belong to another ${one} of this run, because Perculus doesn't say which item a ${what} is for. Check it in Perculus.`;
	const name = mark.cameBackAs === null ? 'without a name' : `as ${quote(mark.cameBackAs)}`;
	return `This ${what} came back ${name}, and no other item is left for it. Check it in Perculus.`;
}
