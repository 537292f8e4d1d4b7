import { MINUTE, DAY } from '../../../values/dates/parsedDate';
import { zoneOffset } from '../../../values/zones';

/** What a Get Many looks for; what is undefined is no condition. */
export interface SessionQuery {
	/** A part of the name, in any case. */
	name?: string;
	/** Each of them has to be one of the session's, in any case. */
	tags?: readonly string[];
	/** First day of the start, in days since 1970 on the clocks of `zone`. */
	from?: number;
	/** Last day of the start. */
	until?: number;
	/** IANA zone of the workflow. */
	zone: string;
	/** How many are wanted; Infinity for all. */
	limit: number;
}

/** The day on the clocks of a zone, in days since 1970. */
export const dayAt = (zone: string, instant: number): number =>
	Math.floor((instant + zoneOffset(zone, instant) * MINUTE) / DAY);
