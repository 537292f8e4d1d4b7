import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../transport/responses';
import { mapConcurrently } from '../values/collections';
import { normalGuid } from '../values/text';
import { forgetSession, rememberedSessions, type Remembered } from './memory';
import {
	foldReference,
	hasReferenceTag,
	REFERENCE_PREFIX,
	referencesIn,
	referenceTag,
	tagsIn,
	tidyReference,
} from './reference';
import { isDeleted, readSession, searchFailure, sessionPages, type SearchContext } from './search';

/** The sessions with one reference. */
export type Finding =
	| { kind: 'none' }
	| { kind: 'one'; guid: string; view: IDataObject }
	/** More than one, or any number whose reference differs in the case of letters. */
	| { kind: 'several'; guids: string[] }
	/** Not found, in a search that wasn't read to its end. */
	| { kind: 'incomplete' };

export interface Findings {
	/** By reference; empty after a failure. */
	findings: Map<string, Finding>;
	/** The first request that didn't succeed. */
	failure?: Failure;
}

/** Up to here each reference is searched for by itself. */
const MOST_SINGLE = 20;
/** A search for one reference that fills so many pages is left for the pages of all references. */
const MOST_SINGLE_PAGES = 5;
const MOST_PAGES = 200;
const AT_ONCE = 4;

interface Shown {
	guid: string;
	view: IDataObject;
	references: ReadonlySet<string>;
}

interface Search extends SearchContext {
	/** By folded reference, then by GUID. */
	sessions: Map<string, Map<string, Shown>>;
	failure?: Failure;
}

/**
 * Finds the sessions with these references (rule 12). The API doesn't document what `tags` means to its search: part of
 * the tags, whole tags or nothing. So what comes back is compared here, whole tags only.
 *
 * @param withRemembered whether sessions count that this process saved, even if the search doesn't show them
 */
export async function findReferences(
	context: SearchContext,
	references: readonly string[],
	{ withRemembered }: { withRemembered: boolean },
): Promise<Findings> {
	const search: Search = { ...context, sessions: new Map() };
	let isComplete = references.length <= MOST_SINGLE && (await searchEach(search, references));
	if (!isComplete) isComplete = await searchAll(search);
	if (withRemembered) await addRemembered(search, references);
	if (search.failure) return { findings: new Map(), failure: search.failure };
	return {
		findings: new Map(
			references.map((reference) => {
				const finding = find(search, reference);
				const isCertain = isComplete || finding.kind !== 'none';
				return [reference, isCertain ? finding : { kind: 'incomplete' }];
			}),
		),
	};
}

function add(
	{ sessions }: Search,
	view: IDataObject,
	references: readonly string[] = referencesIn(view.tags),
): void {
	const key = normalGuid(view.session_guid);
	if (key === undefined || isDeleted(view)) return;
	const shown: Shown = {
		guid: String(view.session_guid),
		view,
		references: new Set(references.map(tidyReference)),
	};
	for (const folded of new Set(references.map(foldReference))) {
		const alike = sessions.get(folded);
		if (alike) alike.set(key, shown);
		else sessions.set(folded, new Map([[key, shown]]));
	}
}

/** The exact reference counts; if only others exist that differ in the case of letters, it's undecided. */
function find({ sessions }: Search, reference: string): Finding {
	const alike = [...(sessions.get(foldReference(reference))?.values() ?? [])];
	const exact = alike.filter(({ references }) => references.has(tidyReference(reference)));
	const [only] = exact;
	if (only && exact.length === 1) return { kind: 'one', guid: only.guid, view: only.view };
	const guids = (only ? exact : alike).map(({ guid }) => guid);
	return guids.length === 0 ? { kind: 'none' } : { kind: 'several', guids };
}

/**
 * Searches for each reference by itself.
 *
 * @returns whether that is enough: all searches were read to the end, and none ignored `tags`
 */
async function searchEach(search: Search, references: readonly string[]): Promise<boolean> {
	let isEnough = true;
	await mapConcurrently(references, AT_ONCE, async (reference) => {
		if (isEnough && !search.failure) isEnough &&= await searchOne(search, reference);
	});
	return isEnough;
}

async function searchOne(search: Search, reference: string): Promise<boolean> {
	const pages = sessionPages(
		search,
		{ tags: referenceTag(reference) },
		{ mostPages: MOST_SINGLE_PAGES },
	);
	for await (const { entries } of pages) {
		for (const view of entries) add(search, view);
		if (!entries.every(({ tags }) => hasReferenceTag(tags))) return false;
		// A page with one session or none isn't one that the server cut short.
		if (entries.length <= 1) return true;
	}
	if (pages.missing) search.failure ??= searchFailure(pages.missing);
	return pages.isComplete;
}

/**
 * Reads all sessions with any reference, or all sessions if the search doesn't find parts of a tag.
 *
 * @returns whether the pages were read to the end
 */
async function searchAll(search: Search): Promise<boolean> {
	for (const filter of [{ tags: REFERENCE_PREFIX }, {}]) {
		if (search.failure) return false;
		const pages = sessionPages(search, filter, { mostPages: MOST_PAGES });
		let isEmpty = true;
		for await (const { entries } of pages) {
			isEmpty &&= entries.length === 0;
			for (const view of entries) add(search, view);
		}
		if (pages.missing) search.failure = searchFailure(pages.missing);
		if (!isEmpty || !pages.isComplete) return pages.isComplete;
	}
	return true;
}

/** Adds what this process saved under the references lately and the search doesn't show, after reading it. */
async function addRemembered(search: Search, references: readonly string[]): Promise<void> {
	const remembered = rememberedSessions(search);
	const hidden = new Set(
		references.map(foldReference).flatMap((folded) => {
			const shown = search.sessions.get(folded);
			const all = remembered.get(folded) ?? [];
			return all.filter(({ guid }) => !shown?.has(normalGuid(guid) ?? ''));
		}),
	);
	await mapConcurrently([...hidden], AT_ONCE, async (session) => {
		if (search.failure) return;
		const read = await readSession(search, session.guid);
		if (read.kind === 'failed') search.failure ??= read;
		else if (read.kind === 'session' && addIfItsOwn(search, read.view, session)) return;
		else forgetSession(search.account, session.guid);
	});
}

/** Adds a remembered session if it still has its reference, or if its tags are those it came back with. */
function addIfItsOwn(search: Search, view: IDataObject, { references, tags }: Remembered): boolean {
	const folded = new Set(references.map(foldReference));
	const hasReference = referencesIn(view.tags).some((one) => folded.has(foldReference(one)));
	if (hasReference) add(search, view);
	else if (hasSameTags(view.tags, tags)) add(search, view, references);
	else return false;
	return true;
}

/** A server that doesn't show tags, or writes them its own way, says nothing against the reference. */
const hasSameTags = (tags: unknown, earlier: unknown): boolean =>
	tags === undefined || tagText(tags) === tagText(earlier);

const tagText = (tags: unknown) => tagsIn(tidyReference(String(tags ?? ''))).join();
