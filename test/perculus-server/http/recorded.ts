import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from '../values/json';
import type { Route } from './target';

export interface RecordedRequest {
	method: string;
	/** As it was asked for, with the query. */
	path: string;
	/** What it meant; null for a path that the server does not know. */
	route: Route | null;
	headers: IncomingHttpHeaders;
	/** Parsed JSON, or the raw text where it is none. */
	body: Json;
	/** Real time of its arrival (`Date.now()`). */
	at: number;
	/** Status of the answer; absent while there is none, and for ever after a drop or a hang. */
	status?: number;
}
