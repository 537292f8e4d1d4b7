import { isSaved, type ReadItem, type Settled } from '../../../batch/contract';
import { convert, isEmpty } from '../../../values/convert/convert';
import { quote } from '../../../values/quote';
import { isUpdate, type SessionDraft } from '../session';

const isGuid = (value: unknown) => 'value' in convert(value, { label: '', kind: 'guid' });

const LENGTH = '1B27EB7F-0000-4000-8000-000000000000'.length;

/** Whether an item has a column with text that is long enough for a GUID. */
function mayHoldGuid({ json }: ReadItem): boolean {
	for (const column in json) {
		const value = json[column];
		if (typeof value === 'string' && value.length >= LENGTH) return true;
	}
	return false;
}

const isNewWithoutReference = (draft: SessionDraft) =>
	!isUpdate(draft) && draft.reference === undefined;

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
	const isOfNew = ({ index }: ReadItem) => {
		const one = settled[index];
		return one !== undefined && isSaved(one) && isNewWithoutReference(one.built);
	};
	// Most runs have no column of GUIDs, and then need no closer look.
	if (!items.some(mayHoldGuid)) return undefined;
	const columns = guidColumns(items.filter(isOfNew)).map(quote);
	if (columns.length === 0) return undefined;
	const [which, them] =
		columns.length === 1 ? ['The column', 'its GUIDs'] : ['The columns', 'their GUIDs'];
	return `${which} ${columns.join(', ')} ${columns.length === 1 ? 'was' : 'were'} not used, and sessions were created. If ${them} are those of sessions, name the column 'Session GUID', so that these are changed instead; if they are your own, name it 'Session Reference', so that a second run does not make the sessions again.`;
}
