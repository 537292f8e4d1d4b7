import type { Field } from './catalogue';

/** Enough to tell the names of one field apart from the next. */
const named = ({ id, label, aliases = [] }: Field) => `${label} (${[id, ...aliases].join(', ')})`;

/**
 * The sentences that tell, in the panel, what Map Automatically takes. They name the fields of a new mapper; those that
 * can be added there are taken by the same rule.
 */
export function namesTaken(fields: readonly Field[]): string {
	const shown = fields.filter(({ visible }) => visible).map(named);
	return `<b>Map Automatically</b> takes the columns with these names, in any spelling (Start Date, startDate, START_DATE): ${shown.join(', ')}, and each other field by its own name. Empty values and all other columns are left alone.`;
}
