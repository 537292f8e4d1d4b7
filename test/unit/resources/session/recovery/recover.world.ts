import type { IDataObject } from 'n8n-workflow';

import type { SessionDraft } from '../../../../../nodes/Perculus/resources/session/session';
import type {
	Response,
	NetworkError,
	Transport,
} from '../../../../../nodes/Perculus/transport/transport';

export interface World {
	/** Milliseconds: the server's clock ahead of ours. */
	ahead: number;
	/** Milliseconds from sending to the server, and back. */
	way: number;
	/** Milliseconds from the arrival of the batch to the creation date. */
	work: number;
	/** Our time when the run begins, in milliseconds since 1970. */
	began: number;
	/** How many of the batch are made before its answer is lost. */
	made: number;
	/** Milliseconds until a new session is found. */
	hidden: number;
	dateHeader: boolean;
	/** The largest page that the server gives. */
	pageCap: number;
	/** How a creation date is written. */
	stamp(at: number): string;
	/** Sessions that others made: so many milliseconds after the batch arrived; negative for before. */
	others: number[];
	/** What a search answers instead. */
	instead(search: number, body: IDataObject): Partial<Response> | undefined;
}

/** So that no world meets the GUIDs that another one has claimed. */
let serial = 0;

export const DRAFT: SessionDraft = {
	index: 0,
	request: { name: 'CS201', start_date: '2031-08-05T12:00:00Z', duration: 60 },
	guid: undefined,
	start: { clock: '2031-08-05T12:00:00' },
	warnings: [],
};

/** A server whose answer to the batch is lost, and a time that passes only by requests and waits. */
export function world(given: Partial<World> = {}) {
	const {
		ahead = 0,
		way = 2,
		work = 3,
		began = Date.UTC(2031, 0, 1),
		made = 1,
		hidden = 0,
		dateHeader = true,
		pageCap = 100,
		stamp = (at: number) => new Date(at).toISOString(),
		others = [],
		instead = () => undefined,
	} = given;
	let now = began;
	const stored: Array<{ view: IDataObject; from: number }> = [];
	const searches: IDataObject[] = [];
	let batches = 0;

	const make = (at: number, from: number, own: IDataObject = DRAFT.request) => {
		const session_guid = `00000000-0000-4000-8000-${String(++serial).padStart(12, '0')}`;
		const creation_date = stamp(at);
		stored.push({
			view: { timezone: 'Europe/Istanbul', ...own, session_guid, creation_date },
			from,
		});
		return session_guid;
	};
	const foreign: string[] = [];
	const own: string[] = [];

	const transport: Transport = {
		now: () => now,
		wait: async (milliseconds) => void (now += milliseconds),
		afterSilence: () => transport,
		async request({ path, body }): Promise<Response | NetworkError> {
			const sentAt = now;
			now += way;
			if (path === '/session/batch') {
				batches++;
				const arrived = now + ahead;
				foreign.push(...others.map((after) => make(arrived + after, now)));
				const requests = (body as IDataObject[]).slice(0, made);
				own.push(...requests.map((request) => make(arrived + work, now + hidden, request)));
				now += work + way;
				const lost = { code: 'ECONNRESET', message: '', notSigned: false, unconnected: false };
				return { kind: 'networkError', ...lost, sentAt, receivedAt: now };
			}
			const filter = body as { page_number: number; page_size: number };
			searches.push(filter);
			const shown = stored.filter(({ from }) => from <= now).map(({ view }) => view);
			const size = Math.min(filter.page_size, pageCap);
			const page = shown.slice((filter.page_number - 1) * size, filter.page_number * size);
			const date = new Date(now + ahead).toUTCString();
			now += way;
			return {
				kind: 'response',
				status: 200,
				body: page,
				headers: dateHeader ? { date } : {},
				sentAt,
				receivedAt: now,
				...instead(searches.length, filter),
			};
		},
	};
	return { transport, searches, own, foreign, batches: () => batches, elapsed: () => now - began };
}
