import { cached } from './cache';

/** A small i and a dot above it is what a capital one with a dot becomes. */
const DOTTED = /i\u0307/gu;

const composed = (text: string) => text.normalize('NFC').replace(DOTTED, 'i');

/** A text in small letters, for comparing in any case: İ is i, and so is I; ı is a letter of its own. */
export const lowerCase = (text: string): string => composed(text.normalize('NFC').toLowerCase());

/**
 * A text that is the same for all that some language takes for the same letters, capital or small: ı is I, and so is i;
 * ß is SS. Different texts may have the same one, so it tells what may be meant, and never what is.
 */
export const anyCase = (text: string): string => lowerCase(text.normalize('NFC').toUpperCase());

const LONGEST_WORD = 100;
const CACHED_WORDS = 1000;

/** A word in any case and language, without accents: HAYIR, hayır and Hayir are one. */
export const foldWord = cached(
	(word: string) =>
		word.length > LONGEST_WORD
			? word
			: lowerCase(anyCase(word).normalize('NFKD').replace(/\p{M}/gu, '')),
	CACHED_WORDS,
);
