import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Failure } from '../transport/responses';
import type { Transport } from '../transport/transport';
import type { Mapped } from './autoMap';
import type { Catalogue } from './catalogue';
import type { Approved, NotApproved } from './outcome';
import type { Comparer } from './possiblePairs';

/** What an item is about, in messages; in the singular also the key under which a rejected item shows it. */
export interface Noun {
	one: string;
	many: string;
}

/** What is the same for all items of a run. */
export interface Run {
	context: IExecuteFunctions;
	items: readonly INodeExecutionData[];
	/** Options that are the same for all items; from an expression, a value may be anything. */
	options: Readonly<Record<string, unknown>>;
	/** n8n gives an agent only the first output. */
	isTool: boolean;
	/** Reads and checks, and sends nothing that writes. */
	isDryRun: boolean;
	/** Drafts per request; Infinity for all in one. */
	batchSize: number;
	transport: Transport;
	/** Identifies the account; '' if the credential can't be read. */
	account: string;
	/** Whether the user has stopped the run. */
	isCancelled(): boolean;
}

/** An input item with the values that it sets, by field. */
export interface ItemInput extends Mapped {
	/** Index of the input item. */
	index: number;
	json: IDataObject;
}

/** Create, update, or undecided (then built only for the Rejected item). */
export type Subject =
	| { kind: 'new' }
	/** `guid` and `view`: of the session that a search found. */
	| { kind: 'existing'; guid?: string; view?: IDataObject }
	| { kind: 'undecided' };

/** What a lookup decided about an item. */
export interface Resolution {
	subject: Subject;
	/** Why the item isn't sent. */
	refused?: NotApproved;
	/** Found by looking at all items, such as a reference that comes twice. */
	issues?: readonly string[];
}

export interface Resolutions {
	/** One for each item, in order. */
	each: readonly Resolution[];
	/** A search that failed: nothing is sent. */
	failure?: Failure;
}

/** What can be sent for an item. */
export interface Draft {
	/** Index of the input item. */
	index: number;
	/** As the API takes it; what the item doesn't set isn't in it. */
	request: IDataObject;
	/** The item in input form: mapping it again yields the same. */
	input: IDataObject;
	/** Other keys of an item that wasn't approved, beside its input form. */
	beside?: IDataObject;
	/** What sending it does. */
	action: 'create' | 'update' | 'save';
	/** No two drafts of one request share a key. */
	uniqueKeys: readonly string[];
	/** Path it is POSTed to; drafts of one path share requests. */
	path: string;
	/** Whether sending it twice does what sending it once does. */
	repeatable: boolean;
	/** Whether running the node again creates nothing twice, although it may have been saved. */
	safeToRerun: boolean;
	warnings: readonly string[];
}

/** 'created', 'updated', 'saved', or with Dry Run 'would_create'. */
export const outcomeWord = ({ action }: Draft, isDryRun: boolean): string =>
	isDryRun ? `would_${action}` : `${action}d`;

/** An item that isn't sent. */
export interface UnsentItem {
	index: number;
	/** The item in input form, as far as it could be read. */
	input: IDataObject;
	beside?: IDataObject;
	refused: NotApproved;
}

export type BuildResult<D extends Draft> = D | UnsentItem;

export const isDraft = <D extends Draft>(built: BuildResult<D>): built is D => 'request' in built;

/** An input item with its outcome. */
export interface ItemOutcome<D extends Draft> {
	json: IDataObject;
	built: BuildResult<D>;
	outcome: Approved | NotApproved;
}

/** An input item that was saved. */
export interface Saved<D extends Draft> extends ItemOutcome<D> {
	built: D;
	outcome: Approved & { view: IDataObject };
}

export const isSaved = <D extends Draft>(settled: ItemOutcome<D>): settled is Saved<D> =>
	settled.outcome.kind === 'approved' &&
	settled.outcome.view !== undefined &&
	isDraft(settled.built);

/** What identifies an approved result. */
export interface Identity {
	/** Its key on an item. */
	key: string;
	/** In words: 'a GUID'. */
	words: string;
	/** As the API wrote it; undefined if the result has none. */
	of(view: IDataObject): string | undefined;
}

/** What sending and matching have to know of a resource. */
export interface Resource<D extends Draft> {
	noun: Noun;
	catalogue: Catalogue;
	identity: Identity;
	comparer: Comparer<D>;
	/** Why a draft can't be sent beside an earlier item with the same key. */
	duplicateIssue(earlierItem: number): string;
}
