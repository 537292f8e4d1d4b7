import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { baseOf, isNotSigned, keyOf } from '../../../credentials/signing';
import { NO_CREDENTIAL, TIMED_OUT } from './failures';
import { NO_SECRETS, type Secrets, secretsOf } from './secrets';
import type { NetworkError, Request, Response, Transport } from './transport';

const CREDENTIAL = 'perculusApi';

/** Milliseconds between checks whether the run was cancelled: n8n's sleep takes a signal only in newer versions. */
const CANCEL_CHECK = 250;

/** Seconds. */
const DEFAULT_TIMEOUT = 120;
/** An hour. Timers take at most 2,147,483 seconds, also for the deadline. */
const MAX_TIMEOUT = 3600;
/** A request ends after so many times the timeout, even while bytes come (or none can: HTTP 101 opens another protocol). */
const DEADLINE_FACTOR = 10;

/** Where requests are sent from: a run, a poll, or the editor that asks for the entries of a list. */
export type RequestContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

interface ClientError {
	message?: unknown;
	httpCode?: unknown;
	code?: unknown;
	/** Of the operating system: 'connect', 'getaddrinfo', 'read', 'write'. */
	syscall?: unknown;
	cause?: ClientError;
	/** Of an AggregateError: one for each address of the host. */
	errors?: ClientError[];
}

/**
 * The timeout of a run in seconds.
 *
 * @param option from an expression it may be anything; the default unless it is a number of at least 1
 */
export function timeoutOf(option: unknown): number {
	const seconds = Math.floor(Number(option));
	return seconds >= 1 ? Math.min(seconds, MAX_TIMEOUT) : DEFAULT_TIMEOUT;
}

/**
 * The way to the API for one run, the only place that knows HTTP. Every status comes back as a response, redirects are
 * not followed (n8n's client would carry the bearer to another host and turn a POST into a GET), and everything else
 * comes back as a network error.
 *
 * @param timeout seconds without a byte from the server
 * @param sendsOnce for a poll: the timeout is then also the deadline
 */
export function n8nTransport(
	context: RequestContext,
	timeout: number,
	sendsOnce = false,
): Transport {
	// The editor's questions and polls can't be cancelled.
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal?.() : undefined;
	const stopIfCancelled = () => {
		if (signal?.aborted) throw new NodeOperationError(context.getNode(), 'The run was cancelled.');
	};
	const idle = timeout * 1000;
	const deadline = sendsOnce ? idle : idle * DEADLINE_FACTOR;
	let hasCredential = false;

	return {
		sendsOnce,
		now: () => Date.now(),

		async wait(milliseconds) {
			for (let left = milliseconds; left > 0; left -= CANCEL_CHECK) {
				stopIfCancelled();
				await sleep(Math.min(left, CANCEL_CHECK));
			}
			stopIfCancelled();
		},

		async request(request): Promise<Response | NetworkError> {
			stopIfCancelled();
			try {
				// n8n gives a credential that it can't read no code of its own; read first, it is certain that nothing was sent.
				if (!hasCredential) await context.getCredentials(CREDENTIAL);
				hasCredential = true;
			} catch {
				return networkErrorOf({ code: NO_CREDENTIAL });
			}
			try {
				const answer: Promise<IN8nHttpFullResponse> =
					context.helpers.httpRequestWithAuthentication.call(
						context,
						CREDENTIAL,
						optionsOf(request, idle),
					);
				const response = await beforeDeadline(deadline, answer);
				if (response === undefined) return networkErrorOf({ code: TIMED_OUT });
				const { statusCode: status, body, headers } = response;
				return { kind: 'response', status, body, headers: lowerCaseKeys(headers) };
			} catch (error) {
				stopIfCancelled();
				return networkErrorOf(error as ClientError);
			}
		},
	};
}

/** The secrets to redact, or none if the credential can't be read: nothing was sent then. */
export async function credentialSecrets(context: RequestContext): Promise<Secrets> {
	try {
		const { accessKey, secretKey } = await context.getCredentials(CREDENTIAL);
		return secretsOf(accessKey, secretKey);
	} catch {
		return NO_SECRETS;
	}
}

/**
 * Identifies the account in what this process remembers: a digest of the origin, the API path and the Access Key, without
 * the Secret Key.
 *
 * @returns undefined if the credential can't be read or used; no request is sent then
 */
export async function accountOf(context: RequestContext): Promise<string | undefined> {
	try {
		const credentials = await context.getCredentials(CREDENTIAL);
		const parts = [baseOf(credentials), keyOf(credentials.accessKey)];
		return createHash('sha256').update(parts.join('\n'), 'utf8').digest('hex');
	} catch {
		return undefined;
	}
}

/** n8n's timeout is the longest time without a byte; rounded up, because 0 would be none. */
function optionsOf({ method, path, body }: Request, idle: number): IHttpRequestOptions {
	return {
		method,
		url: path,
		...(body !== undefined && { body: body as IHttpRequestOptions['body'] }),
		json: true,
		timeout: Math.ceil(idle),
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
}

/** What comes within so many milliseconds, or undefined. n8n replaces any signal of a request by its own. */
async function beforeDeadline<T>(milliseconds: number, answer: Promise<T>): Promise<T | undefined> {
	const end = AbortSignal.timeout(Math.ceil(milliseconds));
	const tooLate = new Promise<undefined>((resolve) => {
		end.addEventListener('abort', () => resolve(undefined), { once: true });
	});
	return await Promise.race([answer, tooLate]);
}

function lowerCaseKeys(headers: IDataObject | undefined): IDataObject {
	return Object.fromEntries(
		Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
	);
}

function networkErrorOf(error: ClientError): NetworkError {
	return {
		kind: 'networkError',
		code: networkCodeOf(error),
		message: typeof error.message === 'string' ? error.message : '',
		notSigned: isNotSigned(error),
		unconnected: isUnconnected(error),
	};
}

/** The client's error code: n8n puts a status or a network code into one property. */
function networkCodeOf(error: ClientError): string {
	const codes = [error.httpCode, error.code, error.cause?.code];
	const isNetworkCode = (code: unknown) =>
		typeof code === 'string' && code !== '' && !/^[1-5]\d\d$/.test(code);
	return (codes.find(isNetworkCode) as string | undefined) ?? '';
}

/**
 * Whether no connection was made. The code isn't enough: EHOSTUNREACH and ETIMEDOUT also end connections that had carried
 * the request already.
 */
function isUnconnected(error: ClientError | undefined, levels = 5): boolean {
	if (!error || levels === 0) return false;
	if (error.syscall === 'connect' || error.syscall === 'getaddrinfo') return true;
	if (Array.isArray(error.errors) && error.errors.length > 0)
		return error.errors.every((each) => isUnconnected(each, levels - 1));
	return isUnconnected(error.cause, levels - 1);
}
