import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';

import { isRefusal } from '../../../credentials/signing';
import { NO_CREDENTIAL } from './networkErrors';
import { NO_SECRETS, secretsOf, type Secrets } from './redact';
import type { Response, NetworkError, Transport } from './transport';

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

const CREDENTIAL = 'perculusApi';

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

/**
 * The one file that owns HTTP. Every status comes back as an answer, redirects are not followed (n8n's client would
 * carry the bearer to another host and turn a POST into a GET), and what goes wrong comes back as a fault.
 *
 * @param timeout seconds without a byte from the server
 */
export function n8nTransport(context: IExecuteFunctions, timeout: number): Transport {
	const signal = context.getExecutionCancelSignal?.();
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

		async post(path, body): Promise<Response | NetworkError> {
			stopIfCancelled();
			const options: IHttpRequestOptions = {
				method: 'POST',
				url: path,
				body: body as IHttpRequestOptions['body'],
				json: true,
				timeout: timeout * 1000,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			};
			try {
				// n8n gives a credential that it cannot read no code of its own; asked before, it is certain that nothing was sent.
				if (!hasCredential) await context.getCredentials(CREDENTIAL);
				hasCredential = true;
			} catch {
				return networkErrorOf({ code: NO_CREDENTIAL }, Date.now());
			}
			const sentAt = Date.now();
			try {
				const response = (await context.helpers.httpRequestWithAuthentication.call(
					context,
					CREDENTIAL,
					options,
				)) as IN8nHttpFullResponse;
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
export async function credentialSecrets(context: IExecuteFunctions): Promise<Secrets> {
	try {
		const { accessKey, secretKey } = await context.getCredentials(CREDENTIAL);
		return secretsOf(accessKey, secretKey);
	} catch {
		return NO_SECRETS;
	}
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
