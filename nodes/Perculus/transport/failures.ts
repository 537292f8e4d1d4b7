import { isSizeCode, type ReasonName } from '../messages';
import { apiCodeOf } from './body';
import type { NetworkError, Response } from './transport';

/** The code if n8n had no credential: nothing was sent. */
export const NO_CREDENTIAL = 'ERR_PERCULUS_NO_CREDENTIAL';
/** The code of n8n's client if no response came in time. */
export const TIMED_OUT = 'ECONNABORTED';

const TIMEOUT_CODES = new Set([TIMED_OUT, 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);
/** These never end an open connection, so they are enough where a client gives no more details. */
const UNCONNECTED_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
/** A certificate is checked before anything is sent. */
const CERTIFICATE_CODES =
	/^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_)/;
/** Other TLS errors may come in the middle of a response; these belong to the handshake. */
const HANDSHAKE_WORDS =
	/wrong.version.number|unsupported.protocol|handshake.failure|alert.protocol.version|unrecognized.name/i;

type RequestOutcome = Response | NetworkError;
type Matcher = (outcome: RequestOutcome) => boolean;

/** A way in which a request fails. */
export interface FailureRow {
	name: string;
	matches: Matcher;
	/** 'no' only if it is certain. */
	applied: 'no' | 'unknown';
	reason: ReasonName;
	/** Every other request of the run would meet it as well: nothing further is begun. */
	endsAll?: true;
	/** The server asks to wait. */
	busy?: true;
	/** Whole sentences: what happened, and what to do if nothing was applied. */
	message: string | ((outcome: RequestOutcome) => string);
}

const isStatus =
	(from: number, to = from): Matcher =>
	(outcome) =>
		outcome.kind === 'response' && outcome.status >= from && outcome.status <= to;
const isNetworkError =
	(matches: (error: NetworkError) => boolean): Matcher =>
	(outcome) =>
		outcome.kind === 'networkError' && matches(outcome);

/** The API's code in a response, or null. */
export const codeIn = (outcome: RequestOutcome) =>
	outcome.kind === 'response' ? apiCodeOf(outcome.body) : null;

const isUnconnected = isNetworkError(
	({ code, unconnected }) => unconnected || UNCONNECTED_CODES.has(code),
);

const isInsecure = isNetworkError(
	({ code, message }) =>
		CERTIFICATE_CODES.test(code) ||
		(/^(?:EPROTO$|ERR_SSL_)/.test(code) && HANDSHAKE_WORDS.test(`${code} ${message}`)),
);

/** Whether no response came in time, though it may have been applied. */
export const isTimeout = isNetworkError(({ code }) => TIMEOUT_CODES.has(code));

/** Whether a request was refused for its size; nothing of it was applied. */
export const isTooLarge: Matcher = (outcome) =>
	isStatus(413)(outcome) || (isStatus(400)(outcome) && isSizeCode(codeIn(outcome)));

/** The first match counts. What has no row of its own may have been applied. */
const FAILURES: readonly FailureRow[] = [
	{
		name: 'refused by the credential',
		matches: isNetworkError(({ notSigned }) => notSigned),
		applied: 'no',
		reason: 'request_refused',
		endsAll: true,
		message: (outcome) => (outcome.kind === 'networkError' ? outcome.message : ''),
	},
	{
		name: 'no credential',
		matches: isNetworkError(({ code }) => code === NO_CREDENTIAL),
		applied: 'no',
		reason: 'request_refused',
		endsAll: true,
		message: "The credential is missing or couldn't be read. Open the node and select it.",
	},
	{
		name: 'blocked by n8n',
		// n8n gives these no code.
		matches: isNetworkError(({ message }) =>
			/^(?:The request was blocked because|Domain not allowed)/.test(message),
		),
		applied: 'no',
		reason: 'request_refused',
		endsAll: true,
		message:
			"The settings of this n8n don't allow requests to your Perculus server. Contact your n8n administrator.",
	},
	{
		name: 'no connection',
		matches: isUnconnected,
		applied: 'no',
		reason: 'service_unavailable',
		endsAll: true,
		message:
			"Couldn't connect to your Perculus server. Check the Domain in the credential and your network, or try again later.",
	},
	{
		name: 'no secure connection',
		matches: isInsecure,
		applied: 'no',
		reason: 'service_unavailable',
		endsAll: true,
		message:
			"Couldn't establish a secure connection to Perculus. Check the Domain in the credential and the certificate of the server.",
	},
	{
		name: 'not modified',
		matches: isStatus(304),
		applied: 'no',
		reason: 'request_refused',
		endsAll: true,
		message:
			'The response was HTTP 304 (not modified), probably from a cache rather than Perculus. Check the Domain in the credential, and any proxy between n8n and Perculus.',
	},
	{
		name: 'redirect',
		matches: isStatus(300, 399),
		applied: 'no',
		reason: 'request_refused',
		endsAll: true,
		message:
			"The server redirects to another address. This isn't followed, because the request carries the key to your account. Check the Domain in the credential.",
	},
	{
		name: 'unauthorized',
		matches: isStatus(401),
		applied: 'no',
		reason: 'unauthorized',
		endsAll: true,
		message: "Perculus didn't accept the credential. Check the Access Key and the Secret Key.",
	},
	{
		name: 'forbidden',
		matches: (outcome) => isStatus(403)(outcome) && codeIn(outcome) !== null,
		applied: 'no',
		reason: 'unauthorized',
		endsAll: true,
		message:
			"The API key isn't allowed to do this. Ask the administrator of your Perculus account.",
	},
	{
		name: 'forbidden by a proxy',
		matches: isStatus(403),
		applied: 'no',
		reason: 'unauthorized',
		endsAll: true,
		message:
			'Access denied (HTTP 403), probably by a proxy or firewall rather than Perculus. Contact your n8n administrator, or the administrator of your Perculus account.',
	},
	{
		name: 'proxy authentication',
		matches: isStatus(407),
		applied: 'no',
		reason: 'request_refused',
		endsAll: true,
		message:
			'The proxy between n8n and Perculus requires authentication. Contact your n8n administrator.',
	},
	{
		name: 'wrong address',
		matches: isStatus(404, 405),
		applied: 'no',
		reason: 'request_refused',
		message:
			'There is no Perculus API at this address. Check the Domain and the API Path in the credential.',
	},
	{
		name: 'too large',
		matches: isTooLarge,
		applied: 'no',
		reason: 'request_refused',
		message: 'This is too large for the server. Shorten its texts and send it again.',
	},
	{
		name: 'too many requests',
		matches: isStatus(429),
		applied: 'no',
		reason: 'rate_limited',
		busy: true,
		message: 'Perculus is receiving too many requests. Try again later.',
	},
	{
		name: 'out of service',
		matches: (outcome) =>
			outcome.kind === 'response' && outcome.status === 503 && 'retry-after' in outcome.headers,
		applied: 'no',
		reason: 'service_unavailable',
		busy: true,
		message: 'Perculus is out of service for a while. Try again later.',
	},
	{
		name: 'timeout',
		matches: isTimeout,
		applied: 'unknown',
		reason: 'outcome_unknown',
		endsAll: true,
		message: "Perculus didn't respond in time.",
	},
	{
		name: 'connection lost',
		matches: isNetworkError(() => true),
		applied: 'unknown',
		reason: 'outcome_unknown',
		message: 'The connection to Perculus was lost before the response was complete.',
	},
	{
		name: 'unreadable',
		matches: () => true,
		applied: 'unknown',
		reason: 'outcome_unknown',
		message: (outcome) =>
			`Perculus responded with ${outcome.kind === 'response' ? `HTTP ${outcome.status} and ` : ''}no result that could be read.`,
	},
];

export const failureRowOf = (outcome: RequestOutcome): FailureRow =>
	FAILURES.find(({ matches }) => matches(outcome)) as FailureRow;

/** Names of all rows, in order. */
export const FAILURE_NAMES: readonly string[] = FAILURES.map(({ name }) => name);
