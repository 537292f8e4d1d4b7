import type { ReasonName } from '../errors/reasons';
import type { Results } from './batchBody';
import type { Response } from './transport';

/** What an answer, or the lack of one, means for the entries of its request. */
export type Reply =
	| ({ kind: 'results' } & Results)
	/** The whole body was refused before anything was applied: one of its entries is at fault. */
	| { kind: 'bodyRefused'; code: number | null; details: string[] }
	/** The request was too large; nothing was applied. */
	| { kind: 'tooLarge'; code: number | null; details: string[]; failure: Failure }
	/** The API's own word that it refuses the whole request: a rejection of each of its entries. */
	| { kind: 'refused'; code: number; details: string[] }
	| Failure;

/** What the answer to a request about one thing means, or to a search. */
export type SingleReply =
	/** A 2xx whose body can be read. */
	| { kind: 'answer'; response: Response }
	/** The API's own word against it, as 404 with code 30 for what it does not know. */
	| { kind: 'refused'; status: number; code: number; details: string[] }
	| Failure;

/** The request itself failed. */
export interface Failure {
	kind: 'failed';
	/** Name of the table's row. */
	name: string;
	/** 'unknown': it may have been applied all the same. */
	applied: 'no' | 'unknown';
	reason: ReasonName;
	/** HTTP status, where there was an answer. */
	status: number | null;
	/** The API's code, where there was one. */
	code: number | null;
	/** One sentence: what happened. */
	message: string;
	/** When the request went out, by our clock, in milliseconds since 1970. */
	sentAt: number;
	/** Every other request of the run would meet it, too: no further one is begun. */
	endsAll?: true;
	/** Nothing readable came back, and the same request may bring it: what does no harm twice is sent again. */
	repeatable?: true;
}
