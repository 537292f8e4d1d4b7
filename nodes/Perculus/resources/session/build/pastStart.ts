import type { Start } from './start';

/** Milliseconds by which the clocks of the last place on earth are behind UTC. */
const FURTHEST_BEHIND = 12 * 3_600_000;

/** When it begins; in a zone that only Perculus knows, the latest moment that it may be. */
function latestInstant({ instant, clock }: Start): number {
	return instant ?? Date.parse(`${clock}Z`) + FURTHEST_BEHIND;
}

/** A sentence for a start that certainly lies before a moment, in milliseconds since 1970; undefined for any other. */
export function pastStart(start: Start, now: number): string | undefined {
	if (latestInstant(start) >= now) return undefined;
	const clock = start.clock.replace('T', ' ').replace(/:00$/, '');
	return `The start lies in the past: ${clock}${start.zone === undefined ? '' : ` (${start.zone})`}.`;
}
