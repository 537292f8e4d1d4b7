import type { IDataObject } from 'n8n-workflow';

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

/** The way to the API; it knows neither the host nor the keys. */
export interface Transport {
	/** POSTs JSON to a path below the base; throws only when the user cancelled the run. */
	post(path: string, body: unknown): Promise<Response | NetworkError>;
	/** Waits; throws when the user cancels the run meanwhile. */
	wait(milliseconds: number): Promise<void>;
	/** Milliseconds since 1970. */
	now(): number;
}
