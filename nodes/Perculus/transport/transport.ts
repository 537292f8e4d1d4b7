import type { IDataObject } from 'n8n-workflow';

/** A request to a path below the API's base. */
export interface Request {
	method: 'GET' | 'POST' | 'DELETE';
	/** Begins with a slash. Values from items get in only through `pathOf`. */
	path: string;
	/** Sent as JSON. */
	body?: unknown;
}

/** A response of the server, with any status. */
export interface Response {
	kind: 'response';
	status: number;
	/** Parsed JSON, or the text if it isn't JSON. */
	body: unknown;
	/** Lower-case names. */
	headers: IDataObject;
}

/** No response: what stopped it, in the words and codes of the HTTP client. */
export interface NetworkError {
	kind: 'networkError';
	/** 'ECONNREFUSED', 'ECONNABORTED', … or ''. */
	code: string;
	message: string;
	/** The credential refused to sign it: nothing was sent. */
	notSigned: boolean;
	/** No connection was made: nothing was sent. */
	unconnected: boolean;
}

/** The way to the API for one run; it knows neither the host nor the keys. */
export interface Transport {
	/** Sends a request; throws only when the user cancelled the run. */
	request(request: Request): Promise<Response | NetworkError>;
	/** Waits so many milliseconds; throws when the user cancels the run meanwhile. */
	wait(milliseconds: number): Promise<void>;
	/** Milliseconds since 1970. */
	now(): number;
	/** Nothing is sent again: a poll throws, and n8n polls again. */
	sendsOnce?: boolean;
}

/** Characters of email addresses that a path may have as they are: some servers don't decode them. */
const UNENCODED: Record<string, string> = { '%40': '@', '%2B': '+' };

const encodeSegment = (segment: string) =>
	encodeURIComponent(segment).replace(/%40|%2B/g, (code) => UNENCODED[code] ?? code);

/**
 * A path below the API's base, with each segment encoded: `pathOf('course', guid, 'person', 'a@b.example')`.
 *
 * @returns undefined if a segment is empty, '.', '..', or can't be encoded. Encoding keeps dots, and an address drops them:
 * '/course/GUID/person/..' is '/course/GUID/', whose DELETE deletes the course.
 */
export function pathOf(...segments: string[]): string | undefined {
	const isSafe = segments.every((segment) => !/^\.{0,2}$/.test(segment) && segment.isWellFormed());
	return isSafe ? segments.map((segment) => `/${encodeSegment(segment)}`).join('') : undefined;
}
