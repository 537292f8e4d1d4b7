import type { ReadItem, Resolution, Resolutions, Run, Subject } from '../../../batch/contract';
import type { Refused } from '../../../batch/output/outcome';
import { againstSending, ambiguousReference } from '../../../batch/resolve/refusals';
import { findReferences } from '../../../lookup/findReferences';
import { memoryOf, type AccountMemory } from '../../../lookup/memory';
import { looseReferenceKey } from '../../../lookup/reference';
import type { Finding } from '../../../lookup/referenceIndex';
import { lookAgain, type Look, type MadeSession } from '../../../lookup/secondLook';
import { SessionSearch } from '../../../lookup/sessionSearch';
import { takeTurns } from '../../../lookup/turns';
import { isEmpty } from '../../../values/convert/convert';
import { SESSION_CATALOGUE } from '../fields';
import type { Operation } from '../session';
import { itemReference } from './itemReference';

const { plainKeys } = SESSION_CATALOGUE;

/** How often a run that waits for its turn looks whether it was cancelled, in milliseconds. */
const TURN_CHECK = 250;

/** What most items are about, told once. */
const RESOLUTIONS = {
	new: { subject: { kind: 'new' } },
	existing: { subject: { kind: 'existing' } },
	undecided: { subject: { kind: 'undecided' } },
} as const satisfies Record<Subject['kind'], Resolution>;

/** An item whose reference decides what it is about. */
interface Wanted {
	item: ReadItem;
	place: number;
	reference: string;
}

export interface LookupSettings {
	operation: Operation;
	/** Label of the field, for messages. */
	label: string;
	/** Whether an item can be sent at all, whatever it turns out to be about. */
	isSound(item: ReadItem, resolution: Resolution): boolean;
}

/** What one run looks up of references, before it sends and after. */
export class ReferenceLookup {
	private readonly memory: AccountMemory;
	private endTurns: (() => void) | undefined;

	constructor(
		private readonly run: Run,
		private readonly settings: LookupSettings,
	) {
		this.memory = memoryOf(run.account);
	}

	/** Decides what each item is about; an item with a GUID is not looked up. */
	async resolve(items: readonly ReadItem[]): Promise<Resolutions> {
		const each: Resolution[] = [];
		const wanted: Wanted[] = [];
		const taken = new Map<string, number>();
		items.forEach((item, place) => {
			const { resolution, reference } = this.first(item, taken);
			each.push(resolution);
			if (reference !== undefined) wanted.push({ item, place, reference });
		});
		if (wanted.length === 0) return { each };

		const references = wanted.map(({ reference }) => reference);
		if (!this.run.isDryRun) await this.waitForTurns(references);
		const search = new SessionSearch(this.run.transport, this.run.account, plainKeys);
		const findings = await findReferences(references, search, this.memory, {
			withRemembered: true,
		});
		if (search.failure) return { each, failure: search.failure };
		for (const { place, reference } of wanted) {
			const finding = findings.get(reference) ?? { kind: 'incomplete' };
			each[place] = this.decide(finding, reference);
		}
		return { each };
	}

	/** What stands in the item itself, and its reference where that has to be looked up. */
	private first(
		item: ReadItem,
		taken: Map<string, number>,
	): { resolution: Resolution; reference?: string } {
		const { operation, label, isSound } = this.settings;
		const hasGuid = operation !== 'create' && !isEmpty(item.record.session_guid);
		const { reference, issue } = itemReference(item.record, hasGuid);
		// One that cannot be used is told when the item is built.
		const isNamed = reference !== undefined || issue !== undefined;
		const resolution: Resolution = RESOLUTIONS[hasGuid ? 'existing' : this.kindOf(isNamed)];
		if (reference === undefined) return { resolution };

		const key = looseReferenceKey(reference);
		const earlier = taken.get(key);
		if (earlier !== undefined) {
			const twice = `${label} is that of [item ${earlier}], too; give each session its own`;
			return { resolution: { ...resolution, issues: [twice] } };
		}
		taken.set(key, item.index);
		return !hasGuid && isSound(item, resolution) ? { resolution, reference } : { resolution };
	}

	/**
	 * What an item without a GUID is about, as far as that is known before a look.
	 *
	 * @param isNamed whether it has a reference, if only one that cannot be used
	 */
	private kindOf(isNamed: boolean): Subject['kind'] {
		if (this.settings.operation === 'create') return 'new';
		if (this.settings.operation === 'update') return 'existing';
		return isNamed ? 'undecided' : 'new';
	}

	private decide(finding: Finding, reference: string): Resolution {
		const { operation } = this.settings;
		const refused = refusalOf(finding, operation, reference);
		if (refused) return { ...RESOLUTIONS[this.kindOf(true)], refused };
		if (finding.kind === 'one') {
			return { subject: { kind: 'existing', guid: finding.guid, view: finding.view } };
		}
		return { subject: { kind: 'new' } };
	}

	private async waitForTurns(references: readonly string[]): Promise<void> {
		const { account, transport } = this.run;
		const keys = references.map((reference) => `${account} ${looseReferenceKey(reference)}`);
		// Other runs are no silence of the server.
		this.endTurns = await takeTurns(keys, async () => {
			await transport.wait(TURN_CHECK, 'server');
		});
	}

	/** Remembers what was made under a reference, however slow the search is to show it. */
	note(reference: string, guid: string): void {
		this.memory.note(reference, guid, this.run.transport.now());
	}

	/** Looks at what was made. @returns what a person has to know, by GUID */
	async lookAgain(made: readonly MadeSession[]): Promise<Map<string, Look>> {
		const search = new SessionSearch(this.run.transport, this.run.account, plainKeys);
		const looks = await lookAgain(made, search, this.memory, this.run.transport);
		return looks;
	}

	/** Lets the runs go on that wait for this one. */
	close(): void {
		this.endTurns?.();
	}
}

function refusalOf(finding: Finding, operation: Operation, reference: string): Refused | undefined {
	switch (finding.kind) {
		case 'none':
			return operation === 'update' ? againstSending('session_not_found', []) : undefined;
		case 'one':
			return operation === 'create'
				? againstSending('already_exists', [], [finding.guid])
				: undefined;
		case 'several':
			return ambiguousReference(reference, finding.guids);
		case 'incomplete':
			return againstSending('lookup_incomplete', []);
	}
}
