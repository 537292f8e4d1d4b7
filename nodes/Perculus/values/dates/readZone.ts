import { cached } from '../cache';
import type { Reading } from '../reading';
import { zoneName } from './zone';
import { cityOf, folded, todaysName, zonesByCity } from './zoneNames';

/** No name is longer; longer text is not looked at. */
const LONGEST = 60;
const CACHED_ZONES = 1_000;
const NEAREST = 3;

const EXPECTED = 'must be an IANA name such as Europe/Istanbul';

/** Names that look like IANA's, and are of no use to a server. */
const NOT_IANA = /^systemv\//i;

/** How many letters are to be changed, left out or put in to make one text of the other; Infinity for more than a limit. */
function slips(a: string, b: string, limit: number): number {
	if (Math.abs(a.length - b.length) > limit) return Infinity;
	let row = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 0; i < a.length; i++) {
		const next = [i + 1];
		let least = i + 1;
		let before = i + 1;
		for (let j = 0; j < b.length; j++) {
			const change = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
			before = Math.min(change, (row[j + 1] ?? 0) + 1, before + 1);
			next.push(before);
			least = Math.min(least, before);
		}
		if (least > limit) return Infinity;
		row = next;
	}
	return row[b.length] ?? 0;
}

/** The zone of a country whose name IANA takes for one (Turkey, Japan), though it has no slash. */
function zoneOfCountry(word: string): string[] {
	if (!/^[a-z]{4,}$/.test(word) || zoneName(word) === undefined) return [];
	const { timeZone } = new Intl.DateTimeFormat('en-US', { timeZone: word }).resolvedOptions();
	return timeZone.includes('/') ? [todaysName(timeZone)] : [];
}

/** Zones that may be meant: named in the text, or else begun by it or a slip of the pen away. */
function nearestZones(text: string): string[] {
	const [whole, city] = [` ${folded(text)} `, cityOf(text)];
	if (city.length < 3) return [];
	const cities = [...zonesByCity()];
	const named = [
		...cities.flatMap(([name, zone]) => (whole.includes(` ${name} `) ? [zone] : [])),
		...whole.split(' ').flatMap(zoneOfCountry),
	];
	if (named.length > 0) return named;
	const limit = Math.max(1, Math.floor(city.length / 4));
	return cities
		.map(([name, zone]) => ({
			zone,
			away: name.startsWith(city) ? 0 : slips(name, city, limit),
		}))
		.filter(({ away }) => away <= limit)
		.sort((a, b) => a.away - b.away)
		.map(({ zone }) => zone);
}

/** Also in small letters, where Intl takes it for a zone. */
const isAbbreviation = (text: string) =>
	zoneOfCountry(folded(text)).length === 0 &&
	(/^[A-Z]{3,4}$/.test(text) || (/^[a-z]{3}$/i.test(text) && zoneName(text) !== undefined));

function issueWith(text: string): string {
	if (isAbbreviation(text)) return `${EXPECTED}, since an abbreviation can mean several zones`;
	const nearest = [...new Set(nearestZones(text))].slice(0, NEAREST);
	return nearest.length > 0 ? `${EXPECTED} (nearest: ${nearest.join(', ')})` : EXPECTED;
}

const readText = cached((text: string): Reading<string> => {
	const upper = text.toUpperCase();
	if (upper === 'UTC' || upper === 'GMT') return { value: upper };
	// America / New York, and America/São_Paulo.
	const name = text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/\s*\/\s*/g, '/')
		.replace(/\s+/g, '_');
	const zone = name.includes('/')
		? !NOT_IANA.test(name) && zoneName(name)
		: zonesByCity().get(folded(text));
	return zone ? { value: zone } : { issue: issueWith(text) };
}, CACHED_ZONES);

/**
 * Reads the name of a time zone: an IANA name with a slash, UTC, GMT, or the city of exactly one zone, in any case.
 * Abbreviations are refused: Intl takes BST for Bangladesh and IST for India.
 *
 * @returns the name in its usual spelling; an issue is the end of a sentence that begins with the name of the field
 */
export function readZone(value: unknown): Reading<string> {
	const text = typeof value === 'string' ? value.trim() : '';
	return text === '' || text.length > LONGEST ? { issue: EXPECTED } : readText(text);
}
