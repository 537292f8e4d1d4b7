import { zoneName } from './zone';

/** Names that Intl still lists, and what IANA calls them today. */
const TODAYS = new Map([
	['Africa/Asmera', 'Africa/Asmara'],
	['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
	['America/Catamarca', 'America/Argentina/Catamarca'],
	['America/Coral_Harbour', 'America/Atikokan'],
	['America/Cordoba', 'America/Argentina/Cordoba'],
	['America/Godthab', 'America/Nuuk'],
	['America/Indianapolis', 'America/Indiana/Indianapolis'],
	['America/Jujuy', 'America/Argentina/Jujuy'],
	['America/Louisville', 'America/Kentucky/Louisville'],
	['America/Mendoza', 'America/Argentina/Mendoza'],
	['Asia/Calcutta', 'Asia/Kolkata'],
	['Asia/Katmandu', 'Asia/Kathmandu'],
	['Asia/Rangoon', 'Asia/Yangon'],
	['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
	['Atlantic/Faeroe', 'Atlantic/Faroe'],
	['Europe/Kiev', 'Europe/Kyiv'],
	['Pacific/Enderbury', 'Pacific/Kanton'],
	['Pacific/Ponape', 'Pacific/Pohnpei'],
	['Pacific/Truk', 'Pacific/Chuuk'],
]);

/** What a zone is called today, where this machine knows that name. */
export function todaysName(name: string): string {
	const todays = TODAYS.get(name);
	return todays !== undefined && zoneName(todays) !== undefined ? todays : name;
}

let names: string[] | undefined;

/** The zones there are, each by the name it has today, in order; UTC among them. */
export function zoneNames(): readonly string[] {
	names ??= [...new Set([...Intl.supportedValuesOf('timeZone').map(todaysName), 'UTC'])].sort();
	return names;
}

/** A name for comparing: small letters without marks, one space for whatever is between words. */
export function folded(text: string): string {
	return text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** The city in a name, which is its last part. */
export const cityOf = (name: string) => folded(name.slice(name.lastIndexOf('/') + 1));

let cities: Map<string, string> | undefined;

/** Zones by their city, as it is called today or was called before; no two zones share one. */
export function zonesByCity(): ReadonlyMap<string, string> {
	// Today's names come last, and so win over what the same city was called before.
	cities ??= new Map(
		[...TODAYS.keys(), ...zoneNames()]
			.filter((name) => name.includes('/') && zoneName(name) !== undefined)
			.map((name) => [cityOf(name), name]),
	);
	return cities;
}
