import { cached } from '../cache';

const CACHED_FORMATS = 1_000;

/** A piece of a luxon format: a token, which stands for a part of the date, or text that stands for itself. */
interface Piece {
	text: string;
	isToken: boolean;
}

type Unit =
	| 'year'
	| 'month'
	| 'day'
	| 'hour'
	| 'minute'
	| 'second'
	| 'fraction of a second'
	| 'weekday'
	| 'week'
	| 'year of the week'
	| 'zone'
	| 'half of the day';

/** What each letter names; the long ones stand for several parts at once. */
const UNITS: Record<string, readonly Unit[]> = {
	y: ['year'],
	M: ['month'],
	L: ['month'],
	q: ['month'],
	d: ['day'],
	o: ['day'],
	H: ['hour'],
	h: ['hour'],
	a: ['half of the day'],
	m: ['minute'],
	s: ['second'],
	S: ['fraction of a second'],
	u: ['fraction of a second'],
	E: ['weekday'],
	c: ['weekday'],
	W: ['week'],
	k: ['year of the week'],
	z: ['zone'],
	Z: ['zone'],
	D: ['year', 'month', 'day'],
	t: ['hour', 'minute'],
	T: ['hour', 'minute'],
	f: ['year', 'month', 'day', 'hour', 'minute'],
	F: ['year', 'month', 'day', 'hour', 'minute'],
};

/** Takes a luxon format apart: runs of one letter are tokens, single quotes enclose text. */
function piecesOf(format: string): Piece[] {
	return [...format.matchAll(/'([^']*)'?|([A-Za-z])\2*|[^A-Za-z']+/g)].map(
		([piece, quoted, letter]) => ({
			text: quoted ?? piece,
			isToken: letter !== undefined && letter in UNITS,
		}),
	);
}

/** Times with an offset behind them: TTT, fff and so on. */
const TIME_AND_ZONE = /^[tTfF]{3}/;

/** The letters of a format's tokens, in their order: `dMyHm` for dd.MM.yyyy HH:mm. */
export const lettersOf = cached(
	(format: string) =>
		piecesOf(format)
			.filter(({ isToken }) => isToken)
			.map(({ text }) => text.charAt(0) + (TIME_AND_ZONE.test(text) ? 'Z' : ''))
			.join(''),
	CACHED_FORMATS,
);

/** Text that tells a zone or an offset: passed over as text, it would leave the date hours off. */
const ZONE_TEXTS = [
	// In small letters most of these are words.
	/(?<![A-Za-z])(?:Z|MSK|[BIJ]ST|TRT|[ECMPA][SD]T|[CEW]ES?T|AE[SD]T)(?![A-Za-z])/,
	/(?<![A-Za-z])(?:UTC|GMT)(?![A-Za-z])/i,
	/[+-][0-9]{1,2}:?[0-9]{2}/,
	/(?<![A-Za-z0-9])[+-][0-9]{1,2}(?![A-Za-z0-9])/,
	/[A-Z][a-z]+\/[A-Z]/,
];

/** Whether text that stands for itself tells a zone. A small z does so behind the date alone: in it, it is a word. */
const tellsZone = (text: string, isLast: boolean) =>
	ZONE_TEXTS.some((zone) => zone.test(text)) || (isLast && text.trim() === 'z');

const HINTS: Partial<Record<Unit, string>> = {
	month: ' (minutes are written mm)',
	minute: ' (months are written MM)',
	hour: " (letters that are part of the date stand in single quotes, such as 'T')",
};

/** Tokens that make a whole date together. Without one of these sets luxon would take the rest from today. */
const WHOLE_DATES = ['D', 'f', 'F', 'yMd', 'yLd', 'yo', 'kWE', 'kWc'];

/** What keeps a format from telling one date alone, as the end of a sentence about it; undefined if nothing does. */
export function formatIssue(format: string): string | undefined {
	const pieces = piecesOf(format);
	const letters = [...lettersOf(format)];
	const has = (some: string) => letters.some((letter) => some.includes(letter));
	// The tokens of other tools: Luxon has no Y.
	if (pieces.some(({ text, isToken }) => !isToken && /^Y+$/.test(text)) && !has('y')) {
		return 'has to name year, month and day (there, years are written yyyy and days dd)';
	}
	const quoted = pieces.find(
		({ text, isToken }, index) => !isToken && tellsZone(text, index === pieces.length - 1),
	)?.text;
	if (quoted !== undefined && !has('zZ')) {
		return `has a zone as plain text ('${quoted.trim()}'), which would be passed over; write it as ZZ, or leave the zone out of the dates`;
	}
	if (has('H') && has('h')) return 'mixes hours of 24 (H) and of 12 (h)';
	if (has('H') && has('a')) return 'mixes hours of 24 (H) with AM and PM (a)';
	const named = letters.flatMap((letter) => UNITS[letter] ?? []);
	const twice = named.find((unit, index) => named.indexOf(unit) < index);
	if (twice) {
		const hint = has('D') ? ' (days are written dd)' : (HINTS[twice] ?? '');
		return `names the ${twice} twice${hint}`;
	}
	if (has('h') && !has('a')) {
		return 'has hours of 12 (h) without AM and PM (a); hours of 24 are written HH';
	}
	if (has('a') && !has('h')) return 'has AM and PM (a) without hours of 12 (h)';
	if (has('kW') && has('yMLdo')) return 'mixes weeks (k, W) with months and days';
	if (has('o') && has('ML')) return 'mixes days of the year (o) with months';
	const isWhole = WHOLE_DATES.some((set) => [...set].every((letter) => letters.includes(letter)));
	return isWhole ? undefined : 'has to name year, month and day';
}
