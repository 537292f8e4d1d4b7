import type { Route } from './target';

interface Gauge {
	now: number;
	max: number;
}

/** Counts requests that have come and are not yet answered, and remembers the most at once. */
export class InFlight {
	private readonly gauges = new Map<Route | null | 'all', Gauge>();

	/** The function it returns marks the end; only its first call counts. */
	enter(route: Route | null): () => void {
		const entered = [this.gauge('all'), this.gauge(route)];
		for (const gauge of entered) gauge.max = Math.max(gauge.max, ++gauge.now);
		let left = false;
		return () => {
			if (left) return;
			left = true;
			for (const gauge of entered) gauge.now--;
		};
	}

	max(route?: Route): number {
		return this.gauges.get(route ?? 'all')?.max ?? 0;
	}

	/** Starts anew; what is still under way is not counted any more. */
	reset(): void {
		this.gauges.clear();
	}

	private gauge(key: Route | null | 'all'): Gauge {
		let gauge = this.gauges.get(key);
		if (!gauge) this.gauges.set(key, (gauge = { now: 0, max: 0 }));
		return gauge;
	}
}
