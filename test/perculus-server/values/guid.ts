export type GuidCase = 'upper' | 'lower' | 'mixed';

export function spellGuid(guid: string, spelling: GuidCase): string {
	if (spelling === 'upper') return guid.toUpperCase();
	if (spelling === 'lower') return guid.toLowerCase();
	return guid.replace(/./g, (sign, at: number) =>
		at % 2 ? sign.toLowerCase() : sign.toUpperCase(),
	);
}
