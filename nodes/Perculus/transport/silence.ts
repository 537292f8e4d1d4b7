import { NO_TIME_LEFT } from './failures/networkErrors';
import type { NetworkError, Request, Response, Transport } from './transport';

/** One request at a time, with no thought of the others. */
export interface Client {
	/**
	 * Sends a request; throws only when the user cancelled the run.
	 *
	 * @param idle milliseconds without a byte from the server
	 * @param deadline milliseconds in all; an answer that trickles may take any time without it
	 */
	send(request: Request, idle: number, deadline?: number): Promise<Response | NetworkError>;
	/** Waits so many milliseconds; throws when the user cancels the run meanwhile. */
	wait(milliseconds: number): Promise<void>;
	/** Milliseconds since 1970. */
	now(): number;
}

/** Milliseconds that a run may spend on silence beyond twice its timeout. */
const EXTRA = 30_000;
/** Milliseconds. With less left, no request is begun: it would be lost for want of patience. */
const LEAST = 5000;

interface Span {
	from: number;
	/** Infinity while it lasts. */
	to: number;
}

/** The time that a run spends on silence, requests at the same time counted once. */
class Silence {
	private readonly spans = new Set<Span>();

	constructor(private readonly limit: number) {}

	/** @returns what ends the span; without it, it lasts on */
	begin(from: number): (to: number) => void {
		const span = { from, to: Infinity };
		this.spans.add(span);
		return (to) => void (span.to = to);
	}

	left(now: number): number {
		let [spent, until] = [0, -Infinity];
		for (const { from, to } of [...this.spans].sort((a, b) => a.from - b.from)) {
			const end = Math.min(to, now);
			spent += Math.max(0, end - Math.max(from, until));
			until = Math.max(until, end);
		}
		return Math.max(0, this.limit - spent);
	}
}

function notBegun(now: number): NetworkError {
	return {
		kind: 'networkError',
		code: NO_TIME_LEFT,
		message: '',
		notSigned: false,
		unconnected: true,
		sentAt: now,
		receivedAt: now,
	};
}

/**
 * Bounds what a run spends on silence: requests that get no answer, the pauses and repeats after them, and the searches
 * for what they did, at most twice the timeout and 30 seconds in all. A request's own timeout is what is left at most,
 * and with next to nothing left no request is begun. Requests that are answered, and waits that the server asks for,
 * are apart.
 *
 * @param timeout milliseconds without a byte from the server
 */
export function withinSilence(client: Client, timeout: number): Transport {
	const silence = new Silence(2 * timeout + EXTRA);
	const least = Math.min(timeout, LEAST);

	const direct: Transport = {
		now: () => client.now(),
		wait: async (milliseconds) => await client.wait(milliseconds),
		async request(request) {
			const left = silence.left(client.now());
			if (left < least) return notBegun(client.now());
			const idle = Math.min(timeout, left);
			const outcome = await client.send(request, idle);
			// Before that, bytes came.
			if (outcome.kind === 'networkError')
				silence.begin(Math.max(outcome.sentAt, outcome.receivedAt - idle))(outcome.receivedAt);
			return outcome;
		},
		afterSilence: () => counted,
	};

	const counted: Transport = {
		...direct,
		async wait(milliseconds, forWhom) {
			if (forWhom === 'server') return await client.wait(milliseconds);
			const end = silence.begin(client.now());
			await client.wait(Math.min(milliseconds, silence.left(client.now())));
			end(client.now());
		},
		async request(request) {
			const left = silence.left(client.now());
			if (left < least) return notBegun(client.now());
			const end = silence.begin(client.now());
			const outcome = await client.send(request, Math.min(timeout, left), left);
			end(client.now());
			return outcome;
		},
	};
	return direct;
}
