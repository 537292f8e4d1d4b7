import { cached } from '../../values/cache';
import { SESSION_FIELDS } from '../../resources/session/fields';

/** How a key names a field: the id is surest, then the label, then a usual spelling of either. */
export interface Alias {
	field: string;
	rank: 0 | 1 | 2;
}

/** 'Start Date', 'startDate' and 'start_date' are one spelling. */
function spelling(key: string): string {
	return key
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}

const NAMINGS = new Map<string, Alias>();
const SPELLINGS = new Map<string, string>();
for (const { id, label, aliases = [] } of SESSION_FIELDS) {
	NAMINGS.set(id, { field: id, rank: 0 });
	if (!NAMINGS.has(label)) NAMINGS.set(label, { field: id, rank: 1 });
	for (const name of [id, label, ...aliases]) SPELLINGS.set(spelling(name), id);
}

const LONGEST_KEY = 100;
const CACHED_KEYS = 1000;

/** The items of a run have the same keys as a rule. */
const bySpelling = cached((key: string): Alias | undefined => {
	const field = SPELLINGS.get(spelling(key));
	return field === undefined ? undefined : { field, rank: 2 };
}, CACHED_KEYS);

/** The field that a key of an item names for auto-mapping, or undefined: such a key is left alone. */
export function aliasOf(key: string): Alias | undefined {
	const exact = NAMINGS.get(key);
	return exact || key.length > LONGEST_KEY ? exact : bySpelling(key);
}
