import { memoize } from './collections';
import { foldWord } from './text';

/** A language that is offered by its name; its value is its tag. */
interface Offered {
	name: string;
	value: string;
}

/** No registered tag is longer than 35 characters; longer text isn't looked at. */
const LONGEST_TAG = 100;
const CACHED_TAGS = 1000;
const CACHED_LISTS = 10;

/** A language tag in its usual spelling (en_us is en-US), never another tag: Intl would turn iw into he. */
function usualTag(word: string): string | undefined {
	const tag = word.replaceAll('_', '-');
	if (!/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(tag)) return undefined;
	try {
		const [usual = tag] = Intl.getCanonicalLocales(tag);
		return usual.toLowerCase() === tag.toLowerCase() ? usual : tag;
	} catch {
		return undefined;
	}
}

/** Cached, because a run has many sessions in few languages, and Intl takes its time. */
const languagesAmong = memoize(
	(offered: readonly Offered[]) =>
		memoize((given: string) => {
			const word = foldWord(given);
			const chosen = offered.find(
				(one) => foldWord(one.name) === word || foldWord(one.value).split('-', 1)[0] === word,
			);
			return chosen?.value ?? usualTag(given);
		}, CACHED_TAGS),
	CACHED_LISTS,
);

/** The tag of a language; undefined for a text that names none. */
export const languageTag = (text: string, offered: readonly Offered[]): string | undefined =>
	text.length <= LONGEST_TAG ? languagesAmong(offered)(text) : undefined;
