import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';

import { isRefusal } from '../../../credentials/signing';
import { NO_CREDENTIAL, TIMED_OUT } from './networkErrors';
import { NO_SECRETS, secretsOf, type Secrets } from './redact';
import { withinSilence, type Client } from './silence';
import type { NetworkError, Request, Transport } from './transport';

/** How often a wait looks whether the run was cancelled: n8n's sleep takes a signal only in newer versions. */
const CANCEL_CHECK = 250;

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

export const CREDENTIAL = 'perculusApi';

const isStatus = (code: string) => /^[1-5]\d\d$/.test(code);

/** The client's error code: n8n puts a status or a network code into one property. */
function codeOf(error: ClientError): string {
	for (const code of [error.httpCode, error.code, error.cause?.code]) {
		if (typeof code === 'string' && code !== '' && !isStatus(code)) return code;
	}
	return '';
}

/**
 * Whether it was the connecting that did not succeed. The code alone does not tell: EHOSTUNREACH and ETIMEDOUT also
 * end connections that had carried the request already.
 */
function isUnconnected(error: ClientError | undefined, levels = 5): boolean {
	if (!error || levels === 0) return false;
	if (error.syscall === 'connect' || error.syscall === 'getaddrinfo') return true;
	if (Array.isArray(error.errors) && error.errors.length > 0)
		return error.errors.every((each) => isUnconnected(each, levels - 1));
	return isUnconnected(error.cause, levels - 1);
}

function lowerCaseKeys(headers: IDataObject | undefined): IDataObject {
	return Object.fromEntries(
		Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
	);
}

/** Where requests are sent from: a run, or the editor's question for the entries of a list. */
export type RequestContext = IExecuteFunctions | ILoadOptionsFunctions;

/**
 * The way to the API for one run.
 *
 * @param timeout seconds without a byte from the server
 */
export function n8nTransport(context: RequestContext, timeout: number): Transport {
	return withinSilence(n8nClient(context), timeout * 1000);
}

/**
 * The one place that owns HTTP. Every status comes back as a response, redirects are not followed (n8n's client would
 * carry the bearer to another host and turn a POST into a GET), and what goes wrong comes back as a network error.
 */
function n8nClient(context: RequestContext): Client {
	// The editor's questions cannot be cancelled.
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal?.() : undefined;
	const stopIfCancelled = () => {
		if (signal?.aborted) throw new NodeOperationError(context.getNode(), 'The run was cancelled.');
	};

	let hasCredential = false;
	return {
		now: () => Date.now(),

		async wait(milliseconds) {
			for (let left = milliseconds; left > 0; left -= CANCEL_CHECK) {
				stopIfCancelled();
				await sleep(Math.min(left, CANCEL_CHECK));
			}
			stopIfCancelled();
		},

		async send(request, idle, deadline) {
			stopIfCancelled();
			try {
				// n8n gives a credential that it cannot read no code of its own; asked before, it is certain that nothing was sent.
				if (!hasCredential) await context.getCredentials(CREDENTIAL);
				hasCredential = true;
			} catch {
				return networkErrorOf({ code: NO_CREDENTIAL }, Date.now());
			}
			const sentAt = Date.now();
			try {
				const answer: Promise<IN8nHttpFullResponse> =
					context.helpers.httpRequestWithAuthentication.call(
						context,
						CREDENTIAL,
						optionsOf(request, idle),
					);
				const response = await (deadline === undefined ? answer : before(deadline, answer));
				if (response === undefined) return networkErrorOf({ code: TIMED_OUT }, sentAt);
				return {
					kind: 'response',
					status: response.statusCode,
					body: response.body,
					headers: lowerCaseKeys(response.headers),
					sentAt,
					receivedAt: Date.now(),
				};
			} catch (error) {
				stopIfCancelled();
				return networkErrorOf(error as ClientError, sentAt);
			}
		},
	};
}

/** What of the node's credential must not come out; nothing, where n8n cannot read it, since nothing was sent then. */
export async function credentialSecrets(context: RequestContext): Promise<Secrets> {
	try {
		const { accessKey, secretKey } = await context.getCredentials(CREDENTIAL);
		return secretsOf(accessKey, secretKey);
	} catch {
		return NO_SECRETS;
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

/** What comes in time; undefined where it does not. n8n puts its own signal in place of any that a request names. */
async function before<T>(milliseconds: number, answer: Promise<T>): Promise<T | undefined> {
	const end = AbortSignal.timeout(Math.ceil(milliseconds));
	const tooLate = new Promise<undefined>((resolve) => {
		end.addEventListener('abort', () => resolve(undefined), { once: true });
	});
	return await Promise.race([answer, tooLate]);
}

function networkErrorOf(error: ClientError, sentAt: number): NetworkError {
	const message = typeof error.message === 'string' ? error.message : '';
	return {
		kind: 'networkError',
		code: codeOf(error),
		message,
		notSigned: isRefusal(error),
		unconnected: isUnconnected(error),
		sentAt,
		receivedAt: Date.now(),
	};
}
