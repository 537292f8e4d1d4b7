import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { invalid, type NotApproved } from '../../batch/outcome';
import { locatorReader } from '../../batch/parameter';
import type { Run } from '../../batch/types';
import { type Finding, findReferences } from '../../session/lookup';
import { readReference } from '../../session/reference';
import { lookupFailed, refuseFinding } from '../../session/resolve';
import type { Failure } from '../../transport/responses';
import { pathOf } from '../../transport/transport';
import type { Reading } from '../../values/collections';
import { convert, isEmpty } from '../../values/convert';
import { jsonValue } from '../../values/text';
import type { ItemRequest, PreparedRequests } from './perItem';

/** The name of the parameter. */
const LOCATOR = 'session';

/** The session an item is about. An expression in the list, or instead of the whole parameter, is a GUID. */
export const sessionLocator: INodeProperties = {
	displayName: 'Session',
	name: LOCATOR,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The session to operate on',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a session...',
			typeOptions: { searchListMethod: 'searchSessions', searchable: true },
		},
		{
			displayName: 'By GUID',
			name: 'guid',
			type: 'string',
			placeholder: 'e.g. 1B27EB7F-0000-4000-8000-000000000000',
		},
		{
			displayName: 'By Reference',
			name: 'reference',
			type: 'string',
			placeholder: 'e.g. deal-4711',
			hint: "Your own ID, as set in 'Session Reference'",
		},
	],
};

/** The session that an item names. */
export interface NamedSession {
	/** As it was given or found; undefined if there is none. */
	guid: string | undefined;
	/** Shown on the item in any case: `session_guid`, and `session_reference` if it was named so. */
	shown: IDataObject;
	/** Why no request can be made for it. */
	refused?: NotApproved;
}

export interface NamedSessions {
	/** One for each item, in order. */
	each: NamedSession[];
	/** A lookup that failed: no request can be made for an item with a reference. */
	failure?: Failure;
}

const LABEL = 'Session';

function readGuid(value: unknown): Reading<string> {
	if (isEmpty(value)) return { issue: `${LABEL} is empty; choose one, or give its GUID` };
	const guid = convert(value, { label: LABEL, kind: 'guid' });
	if ('value' in guid) return { value: String(guid.value) };
	// The editor puts a dropped field into 'By GUID', a reference too.
	return 'issue' in readReference(value)
		? guid
		: { issue: `${guid.issue}; for a reference, select 'By Reference'` };
}

function readSessionReference(value: unknown): Reading<string> {
	if (isEmpty(value)) return { issue: `${LABEL} is empty; give the reference of the session` };
	const reference = readReference(value);
	return 'issue' in reference ? { issue: `${LABEL} ${reference.issue}` } : reference;
}

/**
 * Decides which session each item names with the locator; all references are looked up together.
 *
 * @throws when the user cancels the run
 */
export async function locateSessions(
	run: Pick<Run, 'context' | 'transport' | 'account'>,
	items: ReadonlyArray<{ index: number; json: IDataObject }>,
): Promise<NamedSessions> {
	const { mode, read } = locatorReader(run.context, LOCATOR);
	const isReference = mode === 'reference';
	// Items with the same value share one reading, lookup and result.
	const given = new Map<unknown, Reading<unknown>>();
	const keys = items.map(({ index, json }) => {
		const value = read(index, json);
		const key = 'issue' in value ? value : value.value;
		given.set(key, value);
		return key;
	});
	const names = new Map<unknown, Reading<string>>();
	for (const [key, value] of given) {
		if ('issue' in value) names.set(key, { issue: `${LABEL} ${value.issue}` });
		else names.set(key, isReference ? readSessionReference(value.value) : readGuid(value.value));
	}
	const references = isReference
		? new Set([...names.values()].flatMap((name) => ('value' in name ? name.value : [])))
		: new Set<string>();
	const { findings, failure } =
		references.size > 0
			? await findReferences(run, [...references], { withRemembered: true })
			: { findings: new Map<string, Finding>() };

	const guidOrRefusal = (name: Reading<string>): string | NotApproved => {
		if ('issue' in name) return invalid([name.issue]);
		if (!isReference) return name.value;
		if (failure) return lookupFailed(failure);
		const finding = findings.get(name.value) ?? { kind: 'none' };
		return finding.kind === 'one' ? finding.guid : refuseFinding(finding, name.value);
	};
	const sessions = new Map<unknown, NamedSession>();
	for (const [key, name] of names) {
		const found = guidOrRefusal(name);
		const value = given.get(key);
		const shownName = jsonValue(value && 'value' in value ? (value.value ?? null) : null);
		const [guid, refused] = typeof found === 'string' ? [found] : [undefined, found];
		const shown = (
			isReference
				? { session_guid: guid ?? null, session_reference: shownName }
				: { session_guid: guid ?? shownName }
		) as IDataObject;
		sessions.set(key, { guid, shown, ...(refused && { refused }) });
	}
	return {
		each: keys.map((key) => sessions.get(key) as NamedSession),
		...(failure && { failure }),
	};
}

/** What an item asks for below its session. */
export interface SubPath {
	/** Of the path, after the session. */
	segments: string[];
	/** Shown on the item beside the session: `attendee`, as it was given. */
	beside?: IDataObject;
}

/** A session that an item names, for a request of its own. */
export interface Located {
	guid: string;
	path: string;
	/** `session_guid`, and `session_reference` if it was named so. */
	shown: IDataObject;
}

type ReadSubPath<B> = (
	index: number,
	json: IDataObject,
) => B | { issue: string; beside?: IDataObject };

/**
 * Locates the session of each item, and what is below it.
 *
 * @param readBelow an issue is a whole sentence
 */
export async function locateEach<B extends SubPath>(
	run: Run,
	readBelow: ReadSubPath<B>,
): Promise<PreparedRequests<Located & B>> {
	const items = run.items.map(({ json }, index) => ({ index, json }));
	const { each, failure } = await locateSessions(run, items);
	const asked = each.map(({ guid, shown: session, refused }, index): ItemRequest<Located & B> => {
		const below = readBelow(index, items[index]?.json ?? {});
		const shown = { ...session, ...below.beside };
		const issues = refused?.source === 'check' ? refused.details : [];
		if ('issue' in below) return { shown, refused: invalid([...issues, below.issue]) };
		const path = guid === undefined ? undefined : pathOf('session', guid, ...below.segments);
		return guid === undefined || path === undefined
			? { shown, refused: refused ?? invalid([`${LABEL} isn't a valid GUID`]) }
			: { shown, target: { ...below, guid, path, shown: session } };
	});
	return { each: asked, ...(failure && { failure }) };
}
