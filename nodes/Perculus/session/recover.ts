import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../transport/body';
import type { Failure } from '../transport/failure';
import { patientPost } from '../transport/patience';
import type { Transport } from '../transport/transport';
import { Likeness, likenessOf, tidy } from './echo';
import { approve, type Outcome } from './outcome';
import type { Draft } from './session';
import { parseAnswerDate } from './startDate';
import { groupBy } from './twins';

export interface Recovery {
	found: Map<Draft, Outcome>;
	/** For creates that stay unknown: what was found that may be theirs, one sentence each. */
	candidates: Map<Draft, string[]>;
}

const PATH = '/session/search';
const MOST_REQUESTS = 20;
const PAGE_SIZE = 100;
/** Seconds after the first look; a slow server may still be writing. */
const LOOK_AGAIN_AFTER = [2, 6];
const DAY = 24 * 3_600_000;
const MOST_CANDIDATES = 10;

/**
 * Looks for creates whose answer was lost, with the read-only search. A session is taken only if all that was sent
 * and is echoed agrees, it was made since the request went out, by the server's own clock, and no more of its like
 * are there than were lost. Any doubt leaves the item unknown.
 *
 * What this cannot tell: another run that makes the very same session in the same second.
 *
 * @param known sessions of this run that are accounted for
 */
export async function recoverCreates(
	lost: readonly Draft[],
	known: readonly IDataObject[],
	failure: Failure,
	transport: Transport,
): Promise<Recovery> {
	const search = new Search(transport, dateWindow(lost));
	const claimed = new Set(known.map((view) => new Likeness(view).guid));
	const recovery: Recovery = { found: new Map(), candidates: new Map() };
	const began = transport.now();

	for (const after of [0, ...LOOK_AGAIN_AFTER]) {
		await transport.wait(Math.max(0, began + after * 1000 - transport.now()));
		const missing = lost.filter((draft) => !recovery.found.has(draft));
		const views = (await search.all()).filter((view) => !claimed.has(new Likeness(view).guid));
		const earliest = search.serverTime(failure.sentAt);
		for (const [draft, view] of assign(missing, views, earliest, recovery.candidates)) {
			recovery.found.set(draft, approve(draft, view, false, true));
			claimed.add(new Likeness(view).guid);
		}
		if (recovery.found.size === lost.length || search.isUsedUp) break;
	}
	return recovery;
}

/** Days, because search takes bounds of days; wide by a day for the zones, and by one for an exclusive end. */
function dateWindow(lost: readonly Draft[]): { begin_date: string; end_date: string } {
	const days = lost.flatMap(({ start }) => (start ? [Date.parse(`${start.clock}Z`)] : []));
	const day = (at: number) => new Date(at).toISOString().slice(0, 10);
	let [first, last] = [Infinity, -Infinity];
	for (const at of days) [first, last] = [Math.min(first, at), Math.max(last, at)];
	return { begin_date: day(first - DAY), end_date: day(last + 2 * DAY) };
}

/** The read-only search, page by page, and what its answers tell of the server's clock. */
class Search {
	private requests = 0;
	/** The server's clock runs at least this many milliseconds ahead of ours; undefined while it has not told its time. */
	private ahead: number | undefined;

	constructor(
		private readonly transport: Transport,
		private readonly window: { begin_date: string; end_date: string },
	) {}

	get isUsedUp(): boolean {
		return this.requests >= MOST_REQUESTS;
	}

	/** A time of ours by the server's clock, at the earliest; its Date header counts seconds. */
	serverTime(at: number): number | undefined {
		return this.ahead === undefined ? undefined : at + this.ahead;
	}

	/**
	 * All sessions of the window, each once. A page may be capped below what was asked for, so only a page without
	 * news is the last; and the first page may be number 0.
	 */
	async all(): Promise<IDataObject[]> {
		const views = new Map<string, IDataObject>();
		const add = async (page: number) => {
			const before = views.size;
			for (const view of await this.page(page)) {
				const { guid } = new Likeness(view);
				if (guid !== undefined) views.set(guid, view);
			}
			return views.size > before;
		};
		for (let page = 1; !this.isUsedUp; page++) if (!(await add(page))) break;
		if (!this.isUsedUp) await add(0);
		return [...views.values()];
	}

	private async page(page: number): Promise<IDataObject[]> {
		this.requests++;
		const answer = await patientPost(this.transport, PATH, {
			...this.window,
			page_number: page,
			page_size: PAGE_SIZE,
		});
		if (answer.kind !== 'answer') return [];
		const serverNow = Date.parse(String(answer.headers.date ?? ''));
		if (!Number.isNaN(serverNow))
			this.ahead = Math.max(this.ahead ?? -Infinity, serverNow - answer.receivedAt);
		return answer.status === 200 && Array.isArray(answer.body) ? answer.body.filter(isObject) : [];
	}
}

const withoutSpaces = (text: string | undefined) => text?.replace(/\s+/gu, '').toLowerCase();

/** What a lost create is recognised by. */
function likenessKey(draft: Draft): string {
	const sent = likenessOf(draft);
	return [
		sent.name,
		draft.start?.clock,
		sent.duration,
		...['lang', 'timezone', 'tags'].map((path) => withoutSpaces(sent.values.get(path))),
	].join('\0');
}

/** Name, start and duration have to be there; language, zone and tags count where they were sent and are echoed. */
function isLike(draft: Draft, view: IDataObject): boolean {
	const [sent, got] = [likenessOf(draft), new Likeness(view)];
	const { start } = draft;
	const sameStart =
		got.start?.instant !== undefined && start?.instant !== undefined
			? Math.floor(got.start.instant / 1000) * 1000 === start.instant
			: got.start?.clock === start?.clock;
	return (
		sameStart &&
		got.name !== undefined &&
		got.name === tidy(String(draft.request.name)) &&
		got.duration === sent.duration &&
		['lang', 'timezone', 'tags'].every((path) => {
			const [was, is] = [sent.values.get(path), got.values.get(path)];
			return was === undefined || is === undefined || withoutSpaces(was) === withoutSpaces(is);
		})
	);
}

/** Made at or after this time of the server's; a creation date without decimals may have dropped up to a second. */
function isMadeSince(view: IDataObject, earliest: number | undefined): boolean {
	const made = parseAnswerDate(view.creation_date)?.instant;
	if (earliest === undefined || made === undefined) return false;
	return (String(view.creation_date).includes('.') ? made : made + 999) >= earliest;
}

/** Assigns views to lost creates; what looks like one, but cannot be taken, is noted as a candidate. */
function assign(
	missing: readonly Draft[],
	views: readonly IDataObject[],
	earliest: number | undefined,
	candidates: Map<Draft, string[]>,
): Array<[Draft, IDataObject]> {
	const kinds = [...groupBy(missing, likenessKey).values()].map((twins) => ({
		twins,
		made: [] as IDataObject[],
		doubtful: [] as IDataObject[],
	}));
	const byName = groupBy(kinds, ({ twins }) => tidy(String(twins[0]?.request.name)));
	for (const view of views) {
		const alike = (byName.get(new Likeness(view).name ?? '') ?? []).filter(
			({ twins }) => twins[0] && isLike(twins[0], view),
		);
		const isCertain = alike.length === 1 && isMadeSince(view, earliest);
		for (const kind of alike) (isCertain ? kind.made : kind.doubtful).push(view);
	}
	return kinds.flatMap(({ twins, made, doubtful }) => {
		const tooMany = made.length > twins.length;
		const left = tooMany ? [...made, ...doubtful] : doubtful;
		for (const draft of twins)
			candidates.set(draft, left.slice(0, MOST_CANDIDATES).map(candidateText));
		return tooMany ? [] : made.map((view, i): [Draft, IDataObject] => [twins[i] as Draft, view]);
	});
}

function candidateText(view: IDataObject): string {
	return `Perculus has a session like this one: ${String(view.session_guid)}, made at ${String(view.creation_date)}.`;
}
