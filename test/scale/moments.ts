import type { Fault } from '../perculus-server';
import type { PerculusServer } from '../perculus-server';
import { callOf } from './items';
import { callIn } from './referenced';

/** A moment in which a worker is killed: all executions are held in it. */
export interface Moment {
	name: string;
	/** Holds every request that belongs to the moment until then. */
	fault: (until: Promise<void>, perculus: PerculusServer) => Fault;
	/** The calls whose executions are in it. */
	calls: (perculus: PerculusServer) => Set<number>;
}

const MANY = 10_000;

const known = (calls: Array<number | undefined>) =>
	new Set(calls.filter((call): call is number => call !== undefined));

/** The calls whose sessions have been sent. */
const sent = (perculus: PerculusServer) =>
	known(perculus.batches().map(([first]) => callOf(first?.name)));

const callSearched = (body: unknown) =>
	callIn((body as { tags?: unknown } | null | undefined)?.tags);

/** The one in which most is lost. */
export const APPLIED: Moment = {
	name: 'when it was applied and not answered',
	fault: (until) => ({ route: 'batch', until, times: MANY }),
	calls: sent,
};

export const MOMENTS: readonly Moment[] = [
	{
		name: 'before its POST',
		fault: (until) => ({ route: 'search', until, times: MANY }),
		calls: (perculus) => known(perculus.requestsTo('search').map(({ body }) => callSearched(body))),
	},
	APPLIED,
	{
		// The node looks at what it made once it has read the answer.
		name: 'when it was answered and not saved',
		fault: (until, perculus) => ({
			route: 'search',
			when: ({ body }) => {
				const call = callSearched(body);
				return call !== undefined && sent(perculus).has(call);
			},
			until,
			times: MANY,
		}),
		calls: (perculus) => {
			const looked = new Set<number>();
			const done = new Set<number>();
			for (const { route, body } of perculus.requests) {
				const call = callSearched(body);
				if (route === 'search' && call !== undefined && done.has(call)) looked.add(call);
				if (route !== 'batch' || !Array.isArray(body)) continue;
				const made = callOf((body[0] as { name?: unknown } | undefined)?.name);
				if (made !== undefined) done.add(made);
			}
			return looked;
		},
	},
];
