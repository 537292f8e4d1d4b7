import { cached } from '../cache';

/** A language that is offered by its name. */
interface Offered {
	name: string;
	/** Its tag. */
	value: string;
}

const LANGUAGE_TAG = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i;
/** Registered tags have at most 35 characters; longer text is not looked at. */
const LONGEST_TAG = 100;
const CACHED_TAGS = 1000;
const CACHED_LISTS = 10;

/** A language tag in its usual spelling (en_us is en-US), never another tag: Intl would turn iw into he. */
function usualTag(text: string): string | undefined {
	const tag = text.replaceAll('_', '-');
	if (!LANGUAGE_TAG.test(tag)) return undefined;
	try {
		const [usual = tag] = Intl.getCanonicalLocales(tag);
		return usual.toLowerCase() === tag.toLowerCase() ? usual : tag;
	} catch {
		return undefined;
	}
}

/**
 * The tag of a language. Those that are offered can be named in words, too, or by the language alone: with Turkish
 * (tr-TR) offered, `Turkish`, `tr` and `tr_TR` are one.
 *
 * @returns undefined for what names no language
 */
export function languageTag(value: unknown, offered: readonly Offered[]): string | undefined {
	if (typeof value !== 'string' || value.length > LONGEST_TAG) return undefined;
	return tagsAmong(offered)(value.trim());
}

/** A run has many sessions in few languages, and Intl takes its time. */
const tagsAmong = cached(
	(offered: readonly Offered[]) => cached((text: string) => tagOf(text, offered), CACHED_TAGS),
	CACHED_LISTS,
);

function tagOf(text: string, offered: readonly Offered[]): string | undefined {
	const word = text.toLowerCase();
	const chosen = offered.find(
		(one) => one.name.toLowerCase() === word || one.value.toLowerCase().split('-', 1)[0] === word,
	);
	return chosen?.value ?? usualTag(text);
}
