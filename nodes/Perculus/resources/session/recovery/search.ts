import type { IDataObject } from 'n8n-workflow';

import { readModel } from '../../../transport/batchBody';
import type { Transport } from '../../../transport/transport';
import { SESSION_CATALOGUE } from '../fields';
import { Comparable } from '../compare/comparable';
import { ServerClock } from './serverClock';

const PATH = '/session/search';
const MOST_REQUESTS = 20;
/** Requests for the clock alone; each halves what is unknown of it, and takes up to a second. */
const MOST_CLOCK_REQUESTS = 6;
const PAGE_SIZE = 100;

/** First and last day of the start, such as 2030-08-05. */
export interface Days {
	begin_date: string;
	end_date: string;
}

/** What a look found; incomplete where a page did not come, or where the requests were used up. */
export interface Look {
	views: IDataObject[];
	isComplete: boolean;
}

/** The read-only search, page by page, and what its answers tell of the server's clock. */
export class Search {
	readonly clock = new ServerClock();
	private requests = 0;
	private clockRequests = 0;

	constructor(
		private readonly transport: Transport,
		private readonly days: Days,
	) {}

	get isUsedUp(): boolean {
		return this.requests >= MOST_REQUESTS;
	}

	/**
	 * All sessions of these days, each once. A page may be capped below what was asked for, so only a page without
	 * news is the last; and the first page may be number 0, or there may be no such page.
	 */
	async look(): Promise<Look> {
		const views = new Map<string, IDataObject>();
		const hasNews = (page: IDataObject[]) => {
			const before = views.size;
			for (const view of page) {
				const { guid } = new Comparable(view);
				if (guid !== undefined) views.set(guid, view);
			}
			return views.size > before;
		};
		let isComplete = false;
		for (let number = 1; !isComplete && !this.isUsedUp; number++) {
			const page = await this.page(number);
			if (!Array.isArray(page)) break;
			isComplete = !hasNews(page);
		}
		if (isComplete) {
			const first = this.isUsedUp ? undefined : await this.page(0);
			if (Array.isArray(first)) hasNews(first);
			isComplete = Array.isArray(first) || first === 400 || first === 404;
		}
		return { views: [...views.values()], isComplete };
	}

	/** Asks until the server's clock is known closely enough, or cannot be. */
	async findTime(): Promise<void> {
		const { clock, transport } = this;
		while (clock.isKnown && !clock.isClose && !this.isUsedUp) {
			if (++this.clockRequests > MOST_CLOCK_REQUESTS) return;
			await transport.wait(clock.untilTelling(transport.now()));
			await this.page(1, 1);
		}
	}

	/** A page, or the status of an answer that is none; undefined where no answer came. */
	private async page(
		number: number,
		size = PAGE_SIZE,
	): Promise<IDataObject[] | number | undefined> {
		this.requests++;
		const body = { ...this.days, page_number: number, page_size: size };
		const answer = await this.transport.request({ method: 'POST', path: PATH, body });
		if (answer.kind !== 'response') return undefined;
		this.clock.observe(answer);
		if (answer.status !== 200 || !Array.isArray(answer.body)) return answer.status;
		return answer.body
			.map((view) => readModel(view, SESSION_CATALOGUE.plainKeys))
			.filter((view) => view !== null);
	}
}
