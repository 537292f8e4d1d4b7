/** Longer texts are rare, and a pattern with a repeated group runs out of stack in one of millions of words. */
const LONGEST = 10_000;

/** Nothing to normalise, no space too many: most names. */
const isTidy = (text: string) => text.length <= LONGEST && /^[!-~]+(?: [!-~]+)*$/.test(text);

/** A text for comparing when a server may have tidied it: Unicode form, outer and repeated spaces. */
export function tidy(text: string): string {
	return isTidy(text) ? text : text.normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/** 'Weekly Café' and 'weekly cafe ☕' are one: what is left when a server strips what it does not like. */
export function loose(text: string): string {
	if (isTidy(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}
