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

/**
 * The sentences that tell, in the panel, what Map Automatically takes. They name the fields of a new mapper; those that
 * can be added there are taken by the same rule.
 */
export function namesTaken(fields: readonly Field[]): string {
	const shown = fields.filter(({ visible }) => visible).map(namesOf);
	return `Map Automatically takes columns with these names, in any spelling (Start Date, startDate, START_DATE): ${shown.join('; ')}. The fields to add are taken by their names, too. Empty values and all other columns are left alone.`;
}
