import type { IDataObject } from 'n8n-workflow';

import type { Fault, PerculusServer } from '../../perculus-server';
import type { PerculusKeys } from '.';

/** One way in which a request fails, and what is certain about it. */
export interface FaultCase {
	name: string;
	applied: 'no' | 'unknown';
	reason: string;
	fault?: Fault; // what the server does with the batch request, any number of times
	credentials?: Partial<PerculusKeys>; // keep the request from reaching the server
	requests?: number; // to `/session/batch`; 1 by default
	isRepeated?: boolean; // whether a request that is safe to repeat is sent again
	status?: string; // HTTP status that a thrown error carries
}

const busy = (after: string) => ({ headers: { 'Retry-After': after } });

const certain = (name: string, reason: string, status: number, fault: Fault = {}): FaultCase => {
	return { name, applied: 'no', reason, status: String(status), fault: { status, ...fault } };
};
const unsent = (name: string, reason: string, domain: string): FaultCase => {
	return { name, applied: 'no', reason, requests: 0, credentials: { domain } };
};
const unknown = (name: string, fault: Fault, status?: number): FaultCase => ({
	name,
	applied: 'unknown',
	reason: 'outcome_unknown',
	fault,
	isRepeated: (status ?? 0) >= 500 || fault.drop !== undefined || fault.cut !== undefined,
	...(status !== undefined && { status: String(status) }),
});

const JSON_TYPE = { 'Content-Type': 'application/json' };
const LATE = 'Fri, 01 Jan 2100 00:00:00 GMT';

/** @param elsewhere a server that must never be asked */
export function faultCases(elsewhere: Pick<PerculusServer, 'url'>): FaultCase[] {
	const to = `${elsewhere.url}/xapi/v2/session/batch`;
	const redirect = (status: number) =>
		certain(`${status} to another host`, 'request_refused', status, { headers: { Location: to } });
	return [
		...[301, 302, 303, 307, 308].map(redirect),
		certain('401', 'unauthorized', 401, { body: { code: 14, details: 'Unauthorized' } }),
		certain('403', 'unauthorized', 403, { body: { code: 17, details: 'AuthorizationError' } }),
		certain('403 of a proxy', 'unauthorized', 403, { body: '<h1>Forbidden</h1>' }),
		certain('407', 'request_refused', 407, { body: '<h1>Proxy Authentication Required</h1>' }),
		certain('304', 'request_refused', 304),
		certain('404 with HTML', 'request_refused', 404, { body: '<h1>Not Found</h1>' }),
		certain('429 with a long Retry-After', 'rate_limited', 429, busy('600')),
		certain('429 with a late date', 'rate_limited', 429, busy(LATE)),
		{ ...certain('429 without end', 'rate_limited', 429, busy('0')), requests: 5 },
		certain('503 with a long Retry-After', 'service_unavailable', 503, busy('600')),
		unsent('a refused connection', 'service_unavailable', 'http://127.0.0.1:1'),
		// Refused by the resolver itself, because no label has 64 letters: no name server is asked.
		unsent('an unresolvable name', 'service_unavailable', `https://${'a'.repeat(64)}.example`),
		unsent('a domain that the credential refuses', 'request_refused', 'http://perculus.example'),
		unsent('an invalid domain', 'request_refused', 'https://https://perculus.invalid'),
		unsent('an empty domain', 'request_refused', ''),
		unknown('500 with JSON', { status: 500, body: { code: 11, details: 'ServerError' } }, 500),
		unknown('502 with HTML', { status: 502, body: '<h1>Bad Gateway</h1>' }, 502),
		unknown('504 with nothing', { status: 504 }, 504),
		unknown('503 without Retry-After', { status: 503 }, 503),
		unknown('400 with HTML', { status: 400, body: '<h1>Bad Request</h1>' }, 400),
		unknown('200 with HTML', { body: '<h1>Sign in</h1>' }, 200),
		unknown('200 with another JSON', { body: { ok: true } }, 200),
		unknown('200 with null', { body: 'null', headers: JSON_TYPE }, 200),
		unknown('204', { status: 204 }, 204),
		unknown('a body cut before its first byte', { cut: 0 }),
		unknown('a body cut short', { cut: 40 }),
		unknown('a connection lost before applying', { drop: 'before' }),
		unknown('a connection lost after applying', { drop: 'after' }),
		unknown('no response, nothing applied', { hang: 'before' }),
		unknown('no response in time, all applied', { hang: 'after' }),
	];
}

/** A timeout in seconds that ends immediately if the server hangs (see silence.ts). */
export const HOUR = 3600;

/** A timeout that ends a hanging request, otherwise one that no request reaches. */
export const soon = ({ fault }: Pick<FaultCase, 'fault'>): IDataObject => ({
	timeout: fault?.hang ? HOUR : 600,
});
