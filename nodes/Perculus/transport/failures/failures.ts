import { isTooLarge as isSizeCode } from '../../errors/codes';
import type { ReasonName } from '../../errors/reasons';
import { codeOf } from '../batchBody';
import { isInsecure, isTimeout, isUnsent, NO_CREDENTIAL, NO_TIME_LEFT } from './networkErrors';
import type { NetworkError, Response } from '../transport';

/** A way in which a request fails. */
export interface FailureRow {
	name: string;
	applied: 'no' | 'unknown';
	reason: ReasonName;
	busy?: true;
	/** Every other request of the run would meet it, too: no further one is begun. */
	endsAll?: true;
	matches(outcome: Response | NetworkError): boolean;
	/** A sentence; where it is unknown what was applied, its beginning: the request's purpose ends it. */
	message(outcome: Response | NetworkError): string;
}

const status =
	(from: number, to = from) =>
	(outcome: Response | NetworkError) =>
		outcome.kind === 'response' && outcome.status >= from && outcome.status <= to;
const fault = (matches: (fault: NetworkError) => boolean) => (outcome: Response | NetworkError) =>
	outcome.kind === 'networkError' && matches(outcome);
const says = (message: string) => () => message;
/** The API's code in an answer; null where there is none. */
export const codeIn = (outcome: Response | NetworkError) =>
	outcome.kind === 'response' ? codeOf(outcome.body) : null;

/** Whether a request was refused for its size; nothing of it was applied then. */
export const isTooLarge = (outcome: Response | NetworkError): boolean =>
	status(413)(outcome) || (status(400)(outcome) && isSizeCode(codeIn(outcome)));

/**
 * The one table of failed requests, first match counts. 'no' stands only where it is certain that nothing was
 * applied; whatever has no row of its own may have been applied.
 */
export const FAILURES: readonly FailureRow[] = [
	{
		name: 'refused by the credential',
		endsAll: true,
		applied: 'no',
		reason: 'request_refused',
		matches: fault(({ notSigned }) => notSigned),
		message: (outcome) => (outcome.kind === 'networkError' ? outcome.message : ''),
	},
	{
		name: 'no credential',
		endsAll: true,
		applied: 'no',
		reason: 'request_refused',
		matches: fault(({ code }) => code === NO_CREDENTIAL),
		message: says(
			'The credential of this node could not be read. Open the node and choose the credential again.',
		),
	},
	{
		name: 'no time left',
		endsAll: true,
		applied: 'no',
		reason: 'service_unavailable',
		matches: fault(({ code }) => code === NO_TIME_LEFT),
		message: says(
			'Perculus left this run without an answer for too long, so nothing more was sent. Try again later.',
		),
	},
	{
		name: 'blocked by n8n',
		endsAll: true,
		applied: 'no',
		reason: 'request_refused',
		// n8n gives these no code.
		matches: fault(({ message }) =>
			/^(?:The request was blocked because|Domain not allowed)/.test(message),
		),
		message: says(
			'The settings of this n8n do not allow requests to the server of your Perculus account. Ask whoever runs this n8n.',
		),
	},
	{
		name: 'connection refused',
		endsAll: true,
		applied: 'no',
		reason: 'service_unavailable',
		matches: fault(isUnsent),
		message: says(
			'The server of your Perculus account could not be reached. Check the Domain in the credential and your network, or try again later.',
		),
	},
	{
		name: 'no secure connection',
		endsAll: true,
		applied: 'no',
		reason: 'service_unavailable',
		matches: fault(isInsecure),
		message: says(
			'No secure connection to the server of your Perculus account came about. Check the Domain in the credential and the certificate of the server.',
		),
	},
	{
		name: 'nothing new',
		endsAll: true,
		applied: 'no',
		reason: 'request_refused',
		matches: status(304),
		message: says(
			'The answer was that nothing is new (HTTP 304), as from a cache and not from Perculus. Check the Domain in the credential, and what stands between this n8n and Perculus.',
		),
	},
	{
		name: 'redirect',
		endsAll: true,
		applied: 'no',
		reason: 'request_refused',
		matches: status(300, 399),
		message: says(
			'The server points to another address, which is not followed, because the request carries the key to your account. Check the Domain in the credential.',
		),
	},
	{
		name: 'unauthorized',
		endsAll: true,
		applied: 'no',
		reason: 'unauthorized',
		matches: status(401),
		message: says(
			'Perculus did not accept the credential. Check the Access Key and the Secret Key.',
		),
	},
	{
		name: 'forbidden',
		endsAll: true,
		applied: 'no',
		reason: 'unauthorized',
		matches: (outcome) => status(403)(outcome) && codeIn(outcome) !== null,
		message: says(
			'Perculus does not let this API key do that. Ask the administrator of your Perculus account.',
		),
	},
	{
		name: 'forbidden by whom',
		endsAll: true,
		applied: 'no',
		reason: 'unauthorized',
		matches: status(403),
		message: says(
			'Access was denied (HTTP 403), and not in words of Perculus: a proxy or firewall on the way may have done it. Ask whoever runs this n8n, or the administrator of your Perculus account.',
		),
	},
	{
		name: 'proxy',
		endsAll: true,
		applied: 'no',
		reason: 'request_refused',
		matches: status(407),
		message: says(
			'A proxy between this n8n and Perculus asks for a login of its own, and let nothing through. Ask whoever runs this n8n.',
		),
	},
	{
		name: 'nothing there',
		applied: 'no',
		reason: 'request_refused',
		matches: status(404, 405),
		message: says(
			'There is no Perculus API at this address. Check the Domain and the API Path in the credential.',
		),
	},
	{
		name: 'too large',
		applied: 'no',
		reason: 'request_refused',
		matches: isTooLarge,
		message: says('It is too large for the server. Shorten its texts and send it again.'),
	},
	{
		name: 'too many requests',
		applied: 'no',
		reason: 'rate_limited',
		busy: true,
		matches: status(429),
		message: says('Perculus is receiving too many requests. Try again later.'),
	},
	{
		name: 'out of service for a while',
		applied: 'no',
		reason: 'service_unavailable',
		busy: true,
		matches: (outcome) =>
			outcome.kind === 'response' && outcome.status === 503 && 'retry-after' in outcome.headers,
		message: says('Perculus is out of service for a while. Try again later.'),
	},
	{
		name: 'no answer in time',
		applied: 'unknown',
		reason: 'outcome_unknown',
		matches: fault(isTimeout),
		message: says('Perculus did not answer in time'),
	},
	{
		name: 'connection lost',
		applied: 'unknown',
		reason: 'outcome_unknown',
		matches: fault(() => true),
		message: says('The connection to Perculus was lost before its answer was complete'),
	},
	{
		name: 'no readable answer',
		applied: 'unknown',
		reason: 'outcome_unknown',
		matches: () => true,
		message: (outcome) =>
			`Perculus answered ${outcome.kind === 'response' ? `with HTTP ${outcome.status} and ` : ''}no result that could be read`,
	},
];
