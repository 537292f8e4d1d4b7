import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../transport/reply';
import type { Transport } from '../transport/transport';
import type { Catalogue } from './catalogue';
import type { MatchRules } from './match/matchResults';
import type { Outcome, Refused } from './output/outcome';

/** What a resource is called in messages, and under which key an item holds one. */
export interface Noun {
	one: string;
	many: string;
}

/** What an item says, by field id; by the id of a group of fields, what was given instead of it. Values as they came. */
export type FieldRecord = Record<string, unknown>;

/** An input item as it was read. */
export interface ReadItem {
	/** Index of the input item. */
	index: number;
	record: FieldRecord;
	/** Met while reading: an expression that does not work. */
	issues: readonly string[];
	/** Columns that auto-mapping took for no field. */
	unused: readonly string[];
}

/** What is known about an item before it is built: is it about something new, or about something that exists? */
export type Resolution =
	| { kind: 'new' }
	/** `view`: as a search showed it. */
	| { kind: 'existing'; guid: string; view?: IDataObject }
	/** Not known, and not to be sent: built for being shown alone. */
	| { kind: 'undecided' };

/** An item with what a lookup decided; with `refused` it is not sent. */
export interface Resolved {
	item: ReadItem;
	as: Resolution;
	refused?: Refused;
}

/** What can be sent for an item. */
export interface Draft {
	index: number;
	/** As the API takes it; nothing unset is in it. */
	request: IDataObject;
	warnings: readonly string[];
}

/** An item that is not sent. */
export interface Refusal {
	index: number;
	/** The item in input form, as far as it could be read. */
	input: IDataObject;
	refused: Refused;
}

export const isDraft = <D extends Draft>(built: D | Refusal): built is D => 'request' in built;

/** Drafts whose answer was lost, and what became of some of them. */
export interface Recovery<D extends Draft> {
	found: Map<D, Outcome>;
	/** For those that stay unknown: GUIDs of what may be theirs, and a sentence on each. */
	candidates: Map<D, { guids: string[]; details: string[] }>;
}

/**
 * What a resource gives to the batch protocol. The protocol knows nothing else of it: reading, sending, bisecting,
 * pairing, lost answers, On Error and both outputs are the same for all.
 */
export interface Resource<D extends Draft> {
	noun: Noun;
	catalogue: Catalogue;

	/** Looks up what decides about items before they are built; a failure sends nothing. */
	resolve(items: readonly ReadItem[]): Promise<Resolved[] | Failure>;
	/** The draft of an item, or every issue it has. */
	build(item: ReadItem, as: Resolution): D | Refusal;
	/** The item in input form: mapping it again yields the same. */
	toInput(draft: D): IDataObject;

	/** Where it is sent, below the API's base; drafts of one endpoint share a request. */
	endpoint(draft: D): string;
	/** What may be only once in a request; undefined where anything may. */
	key(draft: D): string | undefined;
	/** Why a draft whose key an earlier item has cannot be sent. */
	keyIssue(item: number): string;
	/** Whether sending it twice does what sending it once does. */
	isRepeatable(draft: D): boolean;

	match: MatchRules<D>;
	/** An answer's model as an item shows it. */
	view(model: IDataObject, draft: D): IDataObject;
	/** What a person should look at in an approved result. */
	check(draft: D, view: IDataObject): string[];
	/** 'created', 'updated', 'saved'; with Check Only 'would_create' and so on. */
	outcomeOf(draft: D, isChecked: boolean): string;

	/** Called before a request with drafts that are not repeatable goes out, for those who recover at the same time. */
	begin?(drafts: readonly D[]): void;
	/** Looks for drafts that are not repeatable and whose answer was lost. */
	recover?(lost: readonly D[], failure: Failure, transport: Transport): Promise<Recovery<D>>;
	/** A last look at what was approved. @returns warnings by draft */
	lookAgain?(approved: ReadonlyArray<{ draft: D; view: IDataObject }>): Promise<Map<D, string[]>>;
	/** Ends what resolve has begun, whatever happened. */
	close?(): void;
}
