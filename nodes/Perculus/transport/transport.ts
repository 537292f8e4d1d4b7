import type { IDataObject } from 'n8n-workflow';

/** A request to a path below the API's base. */
export interface Request {
	method: 'GET' | 'POST' | 'DELETE';
	/** Begins with a slash. What comes from an item goes in by `pathOf` alone. */
	path: string;
	/** Sent as JSON. */
	body?: unknown;
}

/** An answer of the server, whatever its status; times are the caller's own clock, in milliseconds since 1970. */
export interface Response {
	kind: 'response';
	status: number;
	/** Parsed JSON where the body is JSON, else text. */
	body: unknown;
	/** Lower-case names. */
	headers: IDataObject;
	sentAt: number;
	receivedAt: number;
}

/** No answer: what stopped it, in the words and codes of the HTTP client. */
export interface NetworkError {
	kind: 'networkError';
	/** 'ECONNREFUSED', 'ECONNABORTED', … ; '' where there is none. */
	code: string;
	message: string;
	/** The credential refused to sign it: nothing was sent. */
	notSigned: boolean;
	/** No connection came about: nothing was sent. */
	unconnected: boolean;
	sentAt: number;
	receivedAt: number;
}

/** The way to the API; it knows neither the host nor the keys. One serves a whole run, which waits on silence only so long. */
export interface Transport {
	/** Sends a request; throws only when the user cancelled the run. */
	request(request: Request): Promise<Response | NetworkError>;
	/**
	 * Waits; throws when the user cancels the run meanwhile.
	 *
	 * @param milliseconds
	 * @param forWhom 'server': it asked for the wait, which is no silence
	 */
	wait(milliseconds: number, forWhom?: 'server'): Promise<void>;
	/** Milliseconds since 1970. */
	now(): number;
	/**
	 * The same way for what is done because an answer was lost (repeats, searches): all of that counts as time spent on
	 * silence, and is cut short when this is used up.
	 */
	afterSilence(): Transport;
}
