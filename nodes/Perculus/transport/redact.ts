import { bearerOf } from '../../../credentials/signing';

/** What to look for; made once a run. */
export interface Secrets {
	/** Pieces of the secrets in every spelling; undefined where there are none. */
	pieces: RegExp | undefined;
}

export const NO_SECRETS: Secrets = { pieces: undefined };

/** Characters of a piece: as few as tell a key from a word. A shorter secret would be a word of any sentence. */
const PIECE = 8;
const BEARER = /\bBearer\s+[^\s"'<>]+/gi;
/** Ends what stands around a piece: the rest of it, and what it is part of. */
const EDGE = /[\s"'<>(),;{}[\]]/;

/** What of a base64 text is there, whatever stands before and behind it in what is encoded. */
function base64Of(secret: string): string[] {
	return ['', 'x', 'xx'].map((before) => {
		const whole = Buffer.from(before + secret)
			.toString('base64')
			.replace(/=+$/, '');
		// The characters that hold bits of what stands before, and the one that may hold bits of what stands behind.
		return whole.slice(before.length === 0 ? 0 : before.length + 1, -1);
	});
}

function spellingsOf(secret: string): string[] {
	const base64 = base64Of(secret);
	return [
		secret,
		encodeURIComponent(secret),
		JSON.stringify(secret).slice(1, -1),
		...base64,
		...base64.map((text) => text.replace(/\+/g, '-').replace(/\//g, '_')),
	];
}

/** Piece by piece, so that a part of it is found, too; the end as a piece of its own. */
function piecesOf(text: string): string[] {
	if (text.length < PIECE) return [];
	const pieces = [text.slice(-PIECE)];
	for (let at = 0; at + PIECE <= text.length; at += PIECE) pieces.push(text.slice(at, at + PIECE));
	return pieces;
}

/**
 * What of a credential must not come out: both keys, and the hash of the bearer.
 *
 * @param accessKey @param secretKey as in the credential; what is no key gives nothing to look for
 */
export function secretsOf(accessKey: unknown, secretKey: unknown): Secrets {
	const keys = [accessKey, secretKey].flatMap((key) =>
		typeof key === 'string' ? [key.trim()] : [],
	);
	const secrets = [...keys, ...hashOf(accessKey, secretKey)];
	const pieces = new Set(secrets.flatMap(spellingsOf).flatMap(piecesOf));
	if (pieces.size === 0) return NO_SECRETS;
	const escaped = [...pieces].map((piece) => piece.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
	return { pieces: new RegExp(escaped.join('|'), 'gi') };
}

/** The part of the bearer behind the bar; none where the keys make no bearer. */
function hashOf(accessKey: unknown, secretKey: unknown): string[] {
	try {
		return [bearerOf(accessKey, secretKey).slice(-64)];
	} catch {
		return [];
	}
}

/**
 * A text from outside without anything of the credential: a word that has a piece of a secret in it, in any usual
 * spelling (in an address, in JSON, in base64), becomes an ellipsis. Linear in the text, which is to be cut before.
 */
export function redact(text: string, { pieces }: Secrets): string {
	const plain = text.replace(BEARER, '…');
	if (!pieces || plain.search(pieces) === -1) return plain;
	let result = '';
	let done = 0;
	for (const { index, 0: piece } of plain.matchAll(pieces)) {
		if (index < done) continue;
		let from = index;
		while (from > done && !EDGE.test(plain.charAt(from - 1))) from--;
		let to = index + piece.length;
		while (to < plain.length && !EDGE.test(plain.charAt(to))) to++;
		result += `${plain.slice(done, from)}…`;
		done = to;
	}
	return result + plain.slice(done);
}
