import { notApproved, type NotApproved, notSent } from '../batch/outcome';
import type { ItemInput, Resolution, Resolutions, Run, Subject } from '../batch/types';
import type { ReasonName } from '../messages';
import type { Failure } from '../transport/responses';
import { isEmpty } from '../values/convert';
import { quote } from '../values/text';
import type { WriteOperation } from './draft';
import { SESSION_CATALOGUE } from './fields';
import { type Finding, findReferences } from './lookup';
import { lockReferences } from './memory';
import { foldReference, itemReference } from './reference';

export interface ResolveSettings {
	operation: WriteOperation;
	/** Label of the field, for messages. */
	label: string;
	/** Whether an item has no other issue; else it isn't looked up. */
	isSound(item: ItemInput, resolution: Resolution): boolean;
}

export interface ResolvedReferences extends Resolutions {
	/** Lets other runs with the same references go on; must be called when all is sent. */
	release(): void;
}

const TO_CREATE: Resolution = { subject: { kind: 'new' } };

/** What an item without a GUID is before a lookup; only for `upsert` a reference leaves it undecided. */
function subjectBefore(operation: WriteOperation, hasReference: boolean): Subject {
	if (operation === 'update') return { kind: 'existing' };
	return { kind: operation === 'upsert' && hasReference ? 'undecided' : 'new' };
}

/**
 * Decides for each item whether it creates or updates a session. Items with a reference and no GUID are looked up, once
 * no other run of this process is at work on their references.
 *
 * @throws when the user cancels the run
 */
export async function resolveReferences(
	run: Pick<Run, 'transport' | 'account' | 'isDryRun'>,
	items: readonly ItemInput[],
	settings: ResolveSettings,
): Promise<ResolvedReferences> {
	const { operation } = settings;
	const { each, wanted } = readReferences(items, settings);
	const references = [...wanted.values()];
	if (references.length === 0) return { each, release: () => undefined };

	const release = run.isDryRun ? () => undefined : await lockReferences(run, references);
	try {
		const context = { ...run, plainKeys: SESSION_CATALOGUE.plainKeys };
		const { findings, failure } = await findReferences(context, references, {
			withRemembered: true,
		});
		if (failure) return { each, failure, release };
		for (const [place, reference] of wanted) {
			const finding = findings.get(reference) ?? { kind: 'incomplete' };
			each[place] = decide(finding, operation, reference);
		}
		return { each, release };
	} catch (error) {
		release();
		return await Promise.reject(error);
	}
}

/** What is known before a lookup, and by place the references to look up. */
function readReferences(
	items: readonly ItemInput[],
	{ operation, label, isSound }: ResolveSettings,
): { each: Resolution[]; wanted: Map<number, string> } {
	const wanted = new Map<number, string>();
	const firstItems = new Map<string, number>();
	const each = items.map((item, place): Resolution => {
		const hasGuid = operation !== 'create' && !isEmpty(item.record.session_guid);
		const { reference, issue } = itemReference(item.record, hasGuid);
		const hasReference = reference !== undefined || issue !== undefined;
		const subject = hasGuid
			? ({ kind: 'existing' } as const)
			: subjectBefore(operation, hasReference);
		if (reference === undefined) return { subject };

		const folded = foldReference(reference);
		const earlier = firstItems.get(folded);
		if (earlier !== undefined) {
			return {
				subject,
				issues: [`Same '${label}' as [item ${earlier}]. Give each session its own`],
			};
		}
		firstItems.set(folded, item.index);
		if (!hasGuid && isSound(item, { subject })) wanted.set(place, reference);
		return { subject };
	});
	return { each, wanted };
}

function decide(finding: Finding, operation: WriteOperation, reference: string): Resolution {
	const subject = subjectBefore(operation, true);
	if (finding.kind === 'none' && operation !== 'update') return TO_CREATE;
	if (finding.kind !== 'one') return { subject, refused: refuseFinding(finding, reference) };
	return operation === 'create'
		? { subject, refused: refuseReference('already_exists', reference, [finding.guid]) }
		: { subject: { kind: 'existing', guid: finding.guid, view: finding.view } };
}

/** So many of what may be meant are named at most. */
export const MOST_CANDIDATES = 10;

/** What was not sent, because a search that has to come before did not succeed. */
export function lookupFailed(failure: Failure): NotApproved {
	return {
		...notSent(failure),
		summary: 'Not sent, because the search for the session was unsuccessful.',
	};
}

/** A reference in messages. */
export const inWords = (reference: unknown): string => `the reference ${quote(reference)}`;

/**
 * What a search showed against sending an item.
 *
 * @param candidates GUIDs as the API wrote them
 */
function refuseReference(
	reason: ReasonName,
	reference: string,
	candidates: readonly string[] = [],
): NotApproved {
	return notApproved('lookup', reason, {
		named: inWords(reference),
		...(candidates.length > 0 && { candidates: candidates.slice(0, MOST_CANDIDATES) }),
	});
}

/**
 * An item whose reference several sessions have, or one with other capital letters.
 *
 * @param guids as the API wrote them
 */
export function ambiguousReference(reference: string, guids: readonly string[]): NotApproved {
	const refused = refuseReference('ambiguous_reference', reference, guids);
	if (guids.length !== 1) return refused;
	return {
		...refused,
		summary: 'No session has exactly this reference, so nothing was sent.',
		advice: "Write the reference as it is there, or map 'Session GUID'.",
		details: [`In Perculus it is written with other capital letters than ${reference}`],
	};
}

/** Why no session can be taken from what the search for a reference found. */
export function refuseFinding(
	finding: Exclude<Finding, { kind: 'one' }>,
	reference: string,
): NotApproved {
	switch (finding.kind) {
		case 'none':
			return refuseReference('session_not_found', reference);
		case 'several':
			return ambiguousReference(reference, finding.guids);
		case 'incomplete':
			return refuseReference('lookup_incomplete', reference);
	}
}
