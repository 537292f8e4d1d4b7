import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeExecutionHint,
} from 'n8n-workflow';

import type { Failure } from '../transport/reply';
import type { Transport } from '../transport/transport';
import type { MatchRules } from './match/matchRules';
import type { Approved, Refused } from './output/outcome';
import type { Mapped } from './read/autoMap';
import type { Catalogue } from './read/catalogue';

/** What an item is about, in messages; in the singular also the key under which an item carries one. */
export interface Noun {
	one: string;
	many: string;
}

/** What is the same for a whole run. */
export interface Run {
	context: IExecuteFunctions;
	items: readonly INodeExecutionData[];
	/** Options that are the same for all items; from an expression, a value may be anything. */
	options: Readonly<Record<string, unknown>>;
	/** n8n hands an agent the first output alone. */
	isTool: boolean;
	/** Reads and checks, and sends nothing that writes. */
	isDryRun: boolean;
	/** Drafts per request; Infinity for all in one. */
	batchSize: number;
	transport: Transport;
	/** Tells accounts apart; '' where the credential cannot be read. */
	account: string;
	/** Whether the user has stopped the run. */
	isCancelled(): boolean;
}

/** An input item, and what it says. */
export interface ReadItem extends Mapped {
	/** Index of the input item. */
	index: number;
	json: IDataObject;
}

/** What an item is about: something new, something that exists, or nobody knows, and it is built for being shown alone. */
export type Subject =
	| { kind: 'new' }
	/** `view`: as a search showed it. */
	| { kind: 'existing'; guid?: string; view?: IDataObject }
	| { kind: 'undecided' };

/** What a lookup decided about an item. */
export interface Resolution {
	subject: Subject;
	/** Why the item is not sent. */
	refused?: Refused;
	/** Found in a look over all items, such as a reference that comes twice. */
	issues?: readonly string[];
}

export interface Resolutions {
	/** One for each item, in order. */
	each: readonly Resolution[];
	/** A search that did not come about: nothing is sent. */
	failure?: Failure;
}

/** What can be sent for an item. */
export interface Draft {
	/** Index of the input item. */
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

export type Built<D extends Draft> = D | Refusal;

export const isDraft = <D extends Draft>(built: Built<D>): built is D => 'request' in built;

/** What may be meant by an item whose answer was lost. */
export interface Candidates {
	/** As the API wrote them. */
	guids: string[];
	/** A sentence on each. */
	details: string[];
}

/** What became known of drafts whose answer was lost. */
export interface Recovery<D extends Draft> {
	found: Map<D, Approved>;
	/** Of drafts that stay unknown. */
	candidates: Map<D, Candidates>;
}

/** An input item with what became of it. */
export interface Settled<D extends Draft> {
	json: IDataObject;
	built: Built<D>;
	outcome: Approved | Refused;
}

/** An input item of which something was saved. */
export interface Saved<D extends Draft> extends Settled<D> {
	built: D;
	outcome: Approved & { view: IDataObject };
}

export const isSaved = <D extends Draft>(settled: Settled<D>): settled is Saved<D> =>
	settled.outcome.kind === 'approved' &&
	settled.outcome.view !== undefined &&
	isDraft(settled.built);

/** What an answer is known by. */
export interface Identity {
	/** Its key on an item. */
	key: string;
	/** In words: 'a GUID'. */
	words: string;
	/** As the API wrote it; undefined where the answer does not tell. */
	of(view: IDataObject): string | undefined;
}

/**
 * What a resource gives to the batch protocol, which knows nothing else of it: reading, sending, bisecting, pairing,
 * lost answers, On Error and both outputs are the same for all.
 */
export interface Resource<D extends Draft> {
	noun: Noun;
	catalogue: Catalogue;

	/** Decides, with searches where it needs them, what each item is about. */
	resolve(items: readonly ReadItem[]): Promise<Resolutions>;
	/** The draft of an item, or every issue it has. */
	build(item: ReadItem, resolution: Resolution): Built<D>;
	/** An item in input form: mapping it again yields the same. */
	toInput(draft: D): IDataObject;
	/** What stands beside the noun on an item that was not approved. */
	beside?(built: Built<D>): IDataObject;

	/** The path it is POSTed to; drafts of one endpoint share requests. */
	endpoint(draft: D): string;
	/** What may be only once in a request. */
	keys(draft: D): readonly string[];
	/** Why a draft cannot be sent in a request in which an earlier item has the same key. */
	keyIssue(draft: D, earlierItem: number): string;
	/** Whether sending it twice does what sending it once does. */
	isRepeatable(draft: D): boolean;
	/** Whether running the node again does no harm, although it may have been saved. */
	isSafeToRunAgain(draft: D): boolean;

	matchRules: MatchRules<D>;
	/** Puts an approved answer into an item as people see it. */
	show(item: IDataObject, view: IDataObject, draft: D): void;
	/** What about an approved answer needs a look. */
	check(draft: D, view: IDataObject): readonly string[];
	/** Why a value of it was refused, where that can be told better than in the API's words. */
	explain?(draft: D, now: number): string | undefined;
	/** The outcome in a word: 'created'; with Dry Run 'would_create'. */
	outcomeOf(draft: D, isDryRun: boolean): string;
	/** How an answer tells which one it is, for a result that fits no item, or that cannot be shown. */
	identity: Identity;

	/** Called for each approved answer, whoever it belongs to. */
	noteApproved?(view: IDataObject, draft: D | undefined): void;
	/** Looks for drafts that are not repeatable and whose response was lost. */
	recover?(lost: readonly D[], transport: Transport): Promise<Recovery<D>>;
	/** Looks once more at what was saved. @returns what needs a look, by draft */
	lookAgain?(settled: ReadonlyArray<Settled<D>>): Promise<Map<D, string>>;
	/** What the person is told of the run as a whole, beside what is the same for all resources. */
	hints?(settled: ReadonlyArray<Settled<D>>): Array<Pick<NodeExecutionHint, 'type' | 'message'>>;
	/** Ends whatever resolve has begun. */
	close?(): void;
}

/** A write of a resource. */
export interface BatchOperation<D extends Draft> {
	noun: Noun;
	/** Options that are read item by item, because their expressions may differ. */
	perItemOptions: readonly string[];
	/** What an item shows of which nothing could be read; without it, the noun with nothing under it. */
	unread?: IDataObject;
	open(run: Run): Resource<D>;
}
