import type { IDataObject } from 'n8n-workflow';

import { normalGuid } from '../values/guid';
import { looseReferenceKey, referenceKey, referencesIn } from './reference';

/** What is known of the sessions with one reference. */
export type Finding =
	| { kind: 'none' }
	| { kind: 'one'; guid: string; view: IDataObject }
	/** More than one, or one whose reference differs in the case of letters. */
	| { kind: 'several'; guids: string[] }
	/** Not all of what the search has was read, so that nothing is certain. */
	| { kind: 'incomplete' };

/** Deleted sessions keep their tags, and may still be shown. */
const DELETED = -1;

export const isDeleted = ({ status }: IDataObject): boolean => Number(status) === DELETED;

interface Entry {
	guid: string;
	keys: Set<string>;
	view: IDataObject;
}

/** Sessions by their references, as a search shows them; the search itself is not trusted with comparing. */
export class ReferenceIndex {
	private readonly entries = new Map<string, Map<string, Entry>>();

	/** @param references whose session it is; as a rule what its tags say */
	add(view: IDataObject, references = referencesIn(view.tags)): void {
		const guid = normalGuid(view.session_guid);
		if (guid === undefined || isDeleted(view)) return;
		for (const reference of references) {
			const loose = looseReferenceKey(reference);
			let alike = this.entries.get(loose);
			if (!alike) this.entries.set(loose, (alike = new Map()));
			const entry = alike.get(guid) ?? { guid: String(view.session_guid), keys: new Set(), view };
			entry.keys.add(referenceKey(reference));
			alike.set(guid, entry);
		}
	}

	has(reference: string, guid: string): boolean {
		return this.entries.get(looseReferenceKey(reference))?.has(guid.toLowerCase()) ?? false;
	}

	/** Whole references are compared, letters as given; one that differs in their case alone leaves it undecided. */
	find(reference: string): Exclude<Finding, { kind: 'incomplete' }> {
		const alike = [...(this.entries.get(looseReferenceKey(reference))?.values() ?? [])];
		const exact = alike.filter(({ keys }) => keys.has(referenceKey(reference)));
		const [only] = exact;
		if (only && exact.length === 1) return { kind: 'one', guid: only.guid, view: only.view };
		const meant = only ? exact : alike;
		return meant.length === 0
			? { kind: 'none' }
			: { kind: 'several', guids: meant.map(({ guid }) => guid) };
	}
}
