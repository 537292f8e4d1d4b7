const LONGEST = 60;

/** A value as a message quotes it: short, on one line, in quotes; lists and objects are only named. */
export function show(value: unknown): string {
	if (value === null || value === undefined) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	const text = String(value).replace(/\s+/g, ' ');
	return `'${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}'`;
}
