/** Nothing to normalise, no space too many: most names. */
const IS_TIDY = /^[!-~]+(?: [!-~]+)*$/;

/** A text for comparing when a server may have tidied it: Unicode form, outer and repeated spaces. */
export function tidy(text: string): string {
	return IS_TIDY.test(text) ? text : text.normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/** 'Weekly Café' and 'weekly cafe ☕' are one: what is left when a server strips what it does not like. */
export function loose(text: string): string {
	if (IS_TIDY.test(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}
