import { spelling, type Field } from './catalogue';

/** The label, and the other names that are not merely another spelling of one before. */
function namesOf({ id, label, aliases = [] }: Field): string {
	const names = new Map<string, string>();
	for (const name of [label, id, ...aliases]) {
		const spelled = spelling(name);
		if (!names.has(spelled)) names.set(spelled, name);
	}
	return [...names.values()].join(' / ');
}

/** A label of two words in three spellings, of a field that something new needs if there is one. */
function spellingsOf(fields: readonly Field[]): string {
	const ofTwo = fields.filter(({ visible, label }) => visible && /^\w+ \w+$/.test(label));
	const { label = '' } = ofTwo.find(({ required }) => required) ?? ofTwo[0] ?? {};
	const [first = '', second = ''] = label.split(' ');
	return `${label}, ${first.toLowerCase()}${second}, ${`${first}_${second}`.toUpperCase()}`;
}

/**
 * The sentences that tell, in the panel, what Map Automatically takes. They name the fields of a new mapper; those that
 * can be added there are taken by the same rule.
 */
export function namesTaken(fields: readonly Field[]): string {
	const shown = fields.filter(({ visible }) => visible).map(namesOf);
	return `Map Automatically takes columns with these names, in any spelling (${spellingsOf(fields)}): ${shown.join('; ')}. The fields to add are taken by their names, too. Empty values and all other columns are left alone.`;
}
