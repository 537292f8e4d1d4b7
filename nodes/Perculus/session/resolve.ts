import type { ItemInput, Resolution, Resolutions, Run, Subject } from '../batch/draft';
import { isEmpty } from '../values/convert';
import type { Operation } from './draft';
import { SESSION_CATALOGUE } from './fields';
import { findReferences, type Finding } from './lookup';
import { lockReferences } from './memory';
import { foldReference, itemReference } from './reference';
import { refuseFinding, refuseReference } from './refusals';

export interface ResolveSettings {
	operation: Operation;
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
function subjectBefore(operation: Operation, hasReference: boolean): Subject {
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

function decide(finding: Finding, operation: Operation, reference: string): Resolution {
	const subject = subjectBefore(operation, true);
	if (finding.kind === 'none' && operation !== 'update') return TO_CREATE;
	if (finding.kind !== 'one') return { subject, refused: refuseFinding(finding, reference) };
	return operation === 'create'
		? { subject, refused: refuseReference('already_exists', reference, [finding.guid]) }
		: { subject: { kind: 'existing', guid: finding.guid, view: finding.view } };
}
