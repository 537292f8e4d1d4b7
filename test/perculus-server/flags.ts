import type { Switches } from './switches';

/** The switches that a plain text, number or yes/no can express. */
export const FLAGS = {
	'all-failed-body': ['allFailedBody', ['lists', 'code13']],
	'create-rejected-shape': ['createRejectedShape', ['documented', 'A', 'B', 'null']],
	'update-rejected-shape': ['updateRejectedShape', ['documented', 'A', 'B', 'null']],
	details: ['details', ['documented', 'string', 'array', 'objects', 'absent']],
	language: ['language', ['en', 'tr']],
	order: ['order', ['documented', 'request', 'reversed', 'shuffled']],
	'options-on-update': ['optionsOnUpdate', ['merge', 'replace']],
	'null-fields': ['nullFields', ['ignore', 'clear']],
	'empty-guid': ['emptyGuid', ['create', 'reject', 'notFound']],
	malformed: ['malformed', ['perItem', 'wholeBody12', 'wholeBody19', 'modelBinding']],
	offset: ['offset', ['keepDigits', 'convert', 'utcDigits']],
	'guid-case': ['guidCase', ['upper', 'lower', 'mixed']],
	names: ['names', ['kept', 'trimmed', 'collapsed', 'nfc']],
	'unauthorized-body': ['unauthorizedBody', ['json', 'empty', 'html']],
	'name-match': ['nameMatch', ['partial', 'exact']],
	'default-lang': ['defaultLang', 'text'],
	'default-timezone': ['defaultTimezone', 'text'],
	'batch-limit': ['batchLimit', 'number'],
	'license-limit': ['licenseLimit', 'number'],
	'visibility-delay-ms': ['visibilityDelayMs', 'number'],
	'clock-skew-ms': ['clockSkewMs', 'number'],
} as const satisfies Record<string, [keyof Switches, readonly string[] | 'text' | 'number']>;

/** Throws, naming the values, where a flag was set to something else. */
export function readFlags(values: Record<string, string | boolean | undefined>): Partial<Switches> {
	const switches: Record<string, string | number> = {};
	for (const [flag, [name, kind]] of Object.entries(FLAGS)) {
		const value = values[flag];
		if (typeof value !== 'string') continue;
		if (kind === 'number' && !/^-?\d+$/.test(value))
			throw new Error(`--${flag} takes a whole number, not "${value}"`);
		if (typeof kind !== 'string' && !(kind as readonly string[]).includes(value))
			throw new Error(`--${flag} takes ${kind.join(', ')}; not "${value}"`);
		switches[name] = kind === 'number' ? Number(value) : value;
	}
	return switches;
}
