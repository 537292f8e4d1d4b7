import { fromFormat } from './dateFormat';

/** What a suggestion is made of: a day, and where the text has one, a time and a zone. */
export const DAYS = [
	...['d.M.yyyy', 'd/M/yyyy', 'M/d/yyyy', 'd-M-yyyy', 'yyyy-M-d', 'yyyy/M/d', 'yyyy.M.d'],
	...['d.M.yy', 'd/M/yy', 'M/d/yy', 'd MMMM yyyy', 'd MMM yyyy', 'MMMM d, yyyy', 'MMM d, yyyy'],
	...[
		'EEEE, MMMM d, yyyy',
		'd MMMM yyyy EEEE',
		'yyyyMMdd',
		'yyyyMMddHHmm',
		'yyyyMMddHH',
		'yyMMddHHmm',
		'ddMMyyyyHH',
		'MMddyyyyHH',
		'X',
	],
];
const TIMES = ['H:mm', 'H:mm:ss', 'H.mm', 'H.mm.ss', 'h:mm a', 'h:mm:ss a'];
export const TAILS = [' ', ', '].flatMap((gap) =>
	TIMES.flatMap((time) => ['', ' z', ' ZZ'].map((zone) => gap + time + zone)),
);

/** Day and month may be swapped, and ten digits may also be Unix time; longer lists don't help. */
const OFFERED = 3;
/** Years that a suggestion may read. */
const FIRST = Date.UTC(2020, 0, 1);
const END = Date.UTC(2100, 0, 1);

function shapeOfToken(token: string): string {
	if (/^(?:MMM|EEEE|a)/.test(token)) return '\\p{L}+';
	if (token === 'z') return '[A-Za-z_/-]+';
	if (token === 'ZZ') return '[+-]\\d\\d:\\d\\d';
	if (token === 'X') return '\\d{10}';
	return token.length > 1 ? `\\d{${token.length}}` : '\\d{1,2}';
}

/** A rough pattern of a format: luxon takes a tenth of a millisecond to say no. */
function shapeOf(format: string, end: string) {
	const source = format.replaceAll('.', '\\.').replace(/([A-Za-z])\1*/g, shapeOfToken);
	return { format, shape: new RegExp(`^${source}${end}`, 'u') };
}

const DAY_SHAPES = DAYS.map((day) => shapeOf(day, ''));
const TAIL_SHAPES = ['', ...TAILS].map((tail) => shapeOf(tail, '$'));

/** The formats that a text has the shape of. */
function formatsLike(text: string): string[] {
	return DAY_SHAPES.flatMap((day) => {
		const found = day.shape.exec(text)?.[0];
		if (found === undefined) return [];
		const rest = text.slice(found.length);
		const tails = TAIL_SHAPES.filter(({ shape }) => shape.test(rest));
		return tails.map((tail) => day.format + tail.format);
	});
}

export interface Suggestion {
	format: string;
	/** What it reads, for a message: '2027-03-05 14:00'. */
	reads: string;
}

/** Formats that read a text, each in another way; only the person knows which one is right. */
export function suggestFormats(text: string): Suggestion[] {
	const suggestions = new Map<number, Suggestion>();
	for (const format of formatsLike(text)) {
		const parsed = fromFormat(text, { text: format });
		if (!parsed || parsed.at < FIRST || parsed.at >= END || suggestions.has(parsed.at)) continue;
		const digits = new Date(parsed.clock ?? parsed.at).toISOString();
		const reads = digits.slice(0, parsed.kind === 'date' ? 10 : 16).replace('T', ' ');
		suggestions.set(parsed.at, { format, reads });
	}
	return [...suggestions.values()].slice(0, OFFERED);
}
