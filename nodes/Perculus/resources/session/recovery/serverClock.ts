import type { IDataObject } from 'n8n-workflow';

import type { Response } from '../../../transport/transport';
import { parseAnswerDate } from '../build/start';

const SECOND = 1000;
/** Milliseconds of doubt that stay: less than a round trip can hardly be told, and nobody makes a session twice in it. */
const CLOSE = 150;

/**
 * What is known of how far the server's clock runs ahead of ours, in milliseconds. Its Date header counts whole
 * seconds and was written at some time between sending and receiving, so each answer gives a lower and an upper
 * bound; answers around the turn of a second bring the two together.
 */
export class ServerClock {
	private low = -Infinity;
	private high = Infinity;
	/** Of the last answer, from sending to receiving. */
	private roundTrip = 0;

	observe({ headers, sentAt, receivedAt }: Response): void {
		const date = Date.parse(String(headers.date ?? ''));
		if (Number.isNaN(date)) return;
		this.roundTrip = receivedAt - sentAt;
		this.low = Math.max(this.low, date - receivedAt);
		this.high = Math.min(this.high, date + SECOND - sentAt);
	}

	/** False while it has not told its time, and where its answers contradict each other. */
	get isKnown(): boolean {
		return Number.isFinite(this.low) && this.low < this.high;
	}

	get isClose(): boolean {
		return this.isKnown && this.high - this.low <= CLOSE;
	}

	/** Whether a session was made at or after a time of ours; 'unclear' where the clock does not tell. */
	isMadeSince(view: IDataObject, at: number): 'yes' | 'no' | 'unclear' {
		const made = parseAnswerDate(view.creation_date)?.instant;
		if (made === undefined || !this.isKnown) return 'unclear';
		// A date without decimals has dropped up to a second.
		const latest = String(view.creation_date).includes('.') ? made : made + SECOND - 1;
		if (made >= at + this.high) return 'yes';
		return latest < at + this.low ? 'no' : 'unclear';
	}

	/** Milliseconds until an answer halves what is unknown: the server's second should turn while it writes the header. */
	untilTelling(now: number): number {
		const serverTime = now + this.roundTrip / 2 + (this.low + this.high) / 2;
		return SECOND - (((serverTime % SECOND) + SECOND) % SECOND);
	}
}
