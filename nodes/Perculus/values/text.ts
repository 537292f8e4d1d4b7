const NAMED: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
};
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi;
/** A text with entities may have been escaped once more by the server. */
const MOST_ESCAPES = 3;
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g;
const LAST_CODE_POINT = 0x10ffff;

function decode(text: string): string {
	return text.replace(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
		if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity;
		const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
		return code <= LAST_CODE_POINT ? String.fromCodePoint(code) : entity;
	});
}

/**
 * A text for comparing when a server may have tidied or escaped it: HTML entities (.NET also escapes ü as &#252;),
 * Unicode form, invisible characters, outer and repeated spaces.
 */
export function tidy(text: string): string {
	// Most texts are tidy.
	if (!/[^!-~ ]|&| {2}|^ | $/.test(text)) return text;
	let decoded = text;
	for (let i = 0; i < MOST_ESCAPES; i++) decoded = decode(decoded);
	return decoded.normalize('NFC').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
}
