import type { NetworkError } from '../transport';

/** The code of a fault that n8n had no credential for; nothing was sent. */
export const NO_CREDENTIAL = 'ERR_PERCULUS_NO_CREDENTIAL';

/** The code of a request that was not begun, because the run has waited on silence long enough. */
export const NO_TIME_LEFT = 'ERR_PERCULUS_NO_TIME_LEFT';

/** These never end a connection that came about, so that they suffice where a client does not tell more. */
const UNCONNECTED_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
/** A certificate is checked before anything is sent. */
const CERTIFICATE_CODES =
	/^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_)/;
/** Other words of TLS may come in the middle of an answer; these belong to the handshake. */
const HANDSHAKE_WORDS =
	/wrong.version.number|unsupported.protocol|handshake.failure|alert.protocol.version|unrecognized.name/i;
/** The code of an answer that did not come in time, in the words of n8n's client. */
export const TIMED_OUT = 'ECONNABORTED';
const TIMEOUT_CODES = new Set([TIMED_OUT, 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/** No connection came about. */
export const isUnsent = ({ code, unconnected }: NetworkError) =>
	unconnected || UNCONNECTED_CODES.has(code);

/** A connection came about, but no secure one. */
export const isInsecure = ({ code, message }: NetworkError) =>
	CERTIFICATE_CODES.test(code) ||
	(/^(?:EPROTO$|ERR_SSL_)/.test(code) && HANDSHAKE_WORDS.test(`${code} ${message}`));

export const isTimeout = ({ code }: NetworkError) => TIMEOUT_CODES.has(code);
