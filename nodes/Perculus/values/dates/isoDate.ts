import { fromDigits, MINUTE, type ParsedDate } from './parsedDate';

const ISO =
	/^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt ] ?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)? ?([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?$/;

function offsetMinutes(text: string): number | undefined {
	if (/^z$/i.test(text)) return 0;
	const hours = Number(text.slice(1, 3));
	const minutes = Number(text.slice(3).replace(':', '') || '0');
	if (hours > 14 || minutes > 59) return undefined;
	return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** Reads ISO text with or without a time, with or without an offset; a space may stand for the T. */
export function fromIso(text: string): ParsedDate | undefined {
	const match = ISO.exec(text);
	if (!match) return undefined;
	const [, y, mo, d, h, mi, s, offset] = match;
	const at = fromDigits(
		Number(y),
		Number(mo),
		Number(d),
		Number(h ?? 0),
		Number(mi ?? 0),
		Number(s ?? 0),
	);
	if (at === undefined) return undefined;
	if (h === undefined) return { kind: 'date', at };
	if (offset === undefined) return { kind: 'wallClock', at };
	const minutes = offsetMinutes(offset);
	return minutes === undefined
		? undefined
		: { kind: 'instant', at: at - minutes * MINUTE, clock: at };
}
