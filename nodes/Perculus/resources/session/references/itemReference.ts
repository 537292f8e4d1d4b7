import type { FieldRecord } from '../../../batch/read/catalogue';
import { isFailed } from '../../../batch/read/failedExpression';
import { referenceIssue, referencesIn } from '../../../lookup/reference';
import { isEmpty } from '../../../values/convert';
import { quote } from '../../../values/quote';

/** What an item says of its own reference. */
export interface ItemReference {
	/** One that can be used. */
	reference?: string;
	/** Why what it says cannot be used, as the end of a sentence that begins with the field's name; '' where that is told already. */
	issue?: string;
}

const ID = 'session_reference';

/**
 * Reads an item's reference: from its own field, else from a tag `ref:…`, since a session that is made with such a tag
 * has that reference.
 *
 * @param hasGuid an empty reference beside a GUID is no harm: the GUID decides
 */
export function itemReference(record: FieldRecord, hasGuid: boolean): ItemReference {
	const given = record[ID];
	if (isEmpty(given)) {
		const [tagged] = referencesIn(record.tags);
		if (tagged !== undefined) return checked(tagged);
		return ID in record && !hasGuid ? { issue: referenceIssue('') as string } : {};
	}
	if (typeof given === 'string') return checked(given);
	if (typeof given === 'number' && Number.isFinite(given)) return checked(String(given));
	return { issue: isFailed(given) ? '' : `must be text; this item has ${quote(given)}` };
}

function checked(text: string): ItemReference {
	const issue = referenceIssue(text);
	return issue === undefined ? { reference: text.trim() } : { issue };
}
