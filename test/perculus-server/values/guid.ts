export type GuidCase = 'upper' | 'lower' | 'mixed';

export function spellGuid(guid: string, spelling: GuidCase): string {
	if (spelling === 'upper') return guid.toUpperCase();
	if (spelling === 'lower') return guid.toLowerCase();
	return guid.replace(/./g, (sign, at: number) =>
		at % 2 ? sign.toLowerCase() : sign.toUpperCase(),
	);
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isGuid(text: string): boolean {
	return GUID.test(text);
}
