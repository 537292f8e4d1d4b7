import type { IDataObject } from 'n8n-workflow';

import { eachAtOnce } from '../values/eachAtOnce';
import { anyCase } from '../values/foldCase';
import type { AccountMemory } from './memory';
import { REFERENCE_PREFIX, referencesIn, referenceTag } from './reference';
import { isDeleted, ReferenceIndex, type Finding } from './referenceIndex';
import { PAGE_SIZE, type SessionSearch } from './sessionSearch';

/** Up to here each reference is searched for by itself. */
const MOST_SINGLE = 20;
/** Single searches for what a paging that was cut short has not shown. */
const MOST_SINGLE_AFTER_PAGES = 500;
const AT_ONCE = 4;
const MOST_PAGES = 200;
/** Of a search for one reference; more than a few is the shared paging's business. */
const MOST_SINGLE_PAGES = 5;

/** What the search for one reference came to. */
type Single = 'read' | 'full' | 'ignored';

const folded = (text: string) => anyCase(text).replace(/\s+/gu, '');

/**
 * Finds the sessions with these references. What `tags` means to the search is not documented: a part of the tags, the
 * whole text, or nothing. So what comes back is looked through here, and where single searches cannot be relied on, all
 * sessions are.
 *
 * @param withRemembered whether what this process made lately counts, too
 * @returns a finding for each reference; meaningless once `search.failure` is set
 */
export async function findReferences(
	references: readonly string[],
	search: SessionSearch,
	memory: AccountMemory,
	{ withRemembered }: { withRemembered: boolean },
): Promise<Map<string, Finding>> {
	const index = new ReferenceIndex();
	const incomplete = new Set<string>();
	const add = (view: IDataObject) => {
		if (!memory.hasDeleted(String(view.session_guid), search.now())) index.add(view);
	};

	const readPages = async (filter: { tags?: string }) => {
		let isEmpty = true;
		let pages = 0;
		const end = await search.pages(filter, MOST_PAGES, (views) => {
			pages++;
			if (views.length > 0) isEmpty = false;
			for (const view of views) add(view);
			return true;
		});
		search.pagesRead += pages;
		return { isEmpty, isWhole: end === 'whole' };
	};
	const single = async (reference: string): Promise<Single> => {
		const tag = referenceTag(reference);
		let seen: Single = 'read';
		const end = await search.pages({ tags: tag }, MOST_SINGLE_PAGES, (views) => {
			for (const view of views) {
				add(view);
				if (!folded(String(view.tags ?? '')).includes(folded(tag))) seen = 'ignored';
			}
			if (views.length >= PAGE_SIZE && seen === 'read') seen = 'full';
			// One row or none cannot be a page that was cut short.
			return seen === 'read' && views.length > 1;
		});
		return end === 'capped' && seen === 'read' ? 'full' : seen;
	};
	/** All that have a reference; all sessions where the search finds nothing by a part of a tag. */
	const readAll = async (isIgnored = false): Promise<void> => {
		let pages = await readPages(isIgnored ? {} : { tags: REFERENCE_PREFIX });
		if (pages.isEmpty && pages.isWhole && !isIgnored) pages = await readPages({});
		if (pages.isWhole) return;
		const missing = references.filter((reference) => index.find(reference).kind === 'none');
		for (const reference of missing) incomplete.add(reference);
		await eachAtOnce(missing.slice(0, MOST_SINGLE_AFTER_PAGES), AT_ONCE, async (reference) => {
			if ((await single(reference)) === 'read') incomplete.delete(reference);
		});
	};

	if (references.length > MOST_SINGLE || memory.hasMissed) {
		await readAll();
	} else {
		const singles = await eachAtOnce(references, AT_ONCE, single);
		if (singles.includes('ignored')) await readAll(true);
		else if (singles.includes('full')) await readAll();
	}
	if (withRemembered) {
		await eachAtOnce(references, AT_ONCE, async (reference) => {
			await addRemembered(reference, index, search, memory);
		});
	}
	return new Map(
		references.map((reference) => {
			const finding = index.find(reference);
			const isCertain = finding.kind !== 'none' || !incomplete.has(reference);
			return [reference, isCertain ? finding : { kind: 'incomplete' }] as const;
		}),
	);
}

/** A session that this process made lately is there, whether the search shows it yet or not, unless it is deleted. */
async function addRemembered(
	reference: string,
	index: ReferenceIndex,
	search: SessionSearch,
	memory: AccountMemory,
): Promise<void> {
	for (const guid of memory.guidsOf(reference, search.now())) {
		if (index.has(reference, guid)) continue;
		const view = await search.byGuid(guid);
		if (search.failure) return;
		// Its reference may have been taken off since; tags that are not shown tell nothing.
		const isIts = view && (typeof view.tags !== 'string' || referencesIn(view.tags).length > 0);
		if (!view || isDeleted(view)) memory.forget(guid);
		else if (isIts) index.add(view, typeof view.tags === 'string' ? undefined : [reference]);
	}
}
