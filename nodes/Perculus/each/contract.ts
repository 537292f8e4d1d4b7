import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Noun, Run } from '../batch/contract';
import type { Refused } from '../batch/outcome';
import type { Failure } from '../transport/responses';

/** What an item asks for, or why that cannot be asked. */
export type Asked<Subject> = {
	/** Stands beside `rejection` on an item that does not succeed: what it is about, as it was given. */
	shown: IDataObject;
} & ({ subject: Subject } | { refused: Refused });

export interface AskedItems<Subject> {
	/** One for each item, in order. */
	each: ReadonlyArray<Asked<Subject>>;
	/** A search that has to come before, and did not come about. */
	failure?: Failure;
}

/** What became of an item that was asked for. */
export type Answer =
	/** Items for the first output; none of them may have a key `error`, which n8n takes for a failed run. */
	| { items: IDataObject[] }
	/** `failure`: of a request, as against a word of the API about this item alone. */
	| { refused: Refused; failure?: Failure };

/** An operation in one run. */
export interface EachWork<Subject> {
	/** Reads what each item asks for, with searches where that needs any. Nothing is asked for, or deleted, before. */
	read(items: readonly INodeExecutionData[]): Promise<AskedItems<Subject>>;
	/** The requests of one item; lost answers are asked again here (`askWithRetry`). Throws only when the user cancels. */
	act(subject: Subject): Promise<Answer>;
}

/** What goes item by item: Get, Get Many, Delete. */
export interface EachOperation<Subject> {
	/** What it is about: 'session'. */
	noun: Noun;
	/** What is in doubt when an answer is lost. */
	purpose: 'read' | 'delete';
	/** What an item shows of which nothing could be read: `{ session_guid: null }`. */
	unread: IDataObject;
	open(run: Run): EachWork<Subject>;
}
