import { isDraft, type ReadItem, type Settled } from '../../../batch/contract';
import { convert, isEmpty } from '../../../values/convert';
import { quote } from '../../../values/quote';
import { isUpdate, type SessionDraft } from '../session';

const isGuid = (value: unknown) => 'value' in convert(value, { label: '', kind: 'guid' });

/** The columns that auto-mapping did not use, and that have nothing but GUIDs. */
function guidColumns(items: readonly ReadItem[]): string[] {
	const areGuids = new Map<string, boolean>();
	for (const { json, unused } of items) {
		for (const column of unused?.() ?? []) {
			const value = json[column];
			if (isEmpty(value) || areGuids.get(column) === false) continue;
			areGuids.set(column, isGuid(value));
		}
	}
	return [...areGuids].filter(([, only]) => only).map(([column]) => column);
}

/**
 * What to tell of a column of GUIDs that nobody used, where sessions were created that no second run would find again.
 *
 * @param items all that were read, by index
 */
export function unusedGuids(
	items: readonly ReadItem[],
	settled: ReadonlyArray<Settled<SessionDraft>>,
): string | undefined {
	const created = settled.flatMap(({ built, outcome }) => {
		const isCreated = outcome.kind === 'approved' && outcome.view !== undefined;
		if (!isCreated || !isDraft(built) || isUpdate(built)) return [];
		return built.reference === undefined ? (items[built.index] ?? []) : [];
	});
	const columns = guidColumns(created).map(quote);
	if (columns.length === 0) return undefined;
	const [which, them] =
		columns.length === 1 ? ['The column', 'its GUIDs'] : ['The columns', 'their GUIDs'];
	return `${which} ${columns.join(', ')} ${columns.length === 1 ? 'was' : 'were'} not used, and sessions were created. If ${them} are those of sessions, name the column 'Session GUID', so that these are changed instead; if they are your own, name it 'Session Reference', so that a second run does not make the sessions again.`;
}
