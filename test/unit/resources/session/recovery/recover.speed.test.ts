import type { IDataObject } from 'n8n-workflow';

import { recoverCreates } from '../../../../../nodes/Perculus/resources/session/recovery/recover';
import { depart } from '../../../../../nodes/Perculus/resources/session/recovery/inFlight';
import type { SessionDraft } from '../../../../../nodes/Perculus/resources/session/session';
import type { Failure } from '../../../../../nodes/Perculus/transport/reply';
import type { Transport } from '../../../../../nodes/Perculus/transport/transport';

const FEW = 400;
const TIMES = 4;
/** Time for many items at once, against as many in four runs: eight times the time for four times the items. */
const MOST = 2;
const ROUNDS = 4;

const BEGAN = Date.UTC(2031, 0, 1);
const clockOf = (i: number) =>
	new Date(Date.UTC(2031, 1, 1) + i * 60_000).toISOString().slice(0, 19);

const draftOf = (i: number, rest: IDataObject): SessionDraft => ({
	index: i,
	request: { name: 'Maths', start_date: `${clockOf(0)}Z`, duration: 60, ...rest },
	guid: undefined,
	start: { clock: String(rest.start_date ?? clockOf(0)).slice(0, 19) },
	warnings: [],
});

const LOST: Array<[string, (i: number) => IDataObject, (request: IDataObject) => IDataObject]> = [
	['lessons of one name', (i) => ({ start_date: `${clockOf(i)}Z` }), (request) => request],
	['equal ones', () => ({}), (request) => request],
	['one name and start, other tags', (i) => ({ tags: `tag ${i}` }), (request) => request],
	[
		'tags that are not echoed, so that each session may be anybody’s',
		(i) => ({ tags: `tag ${i}` }),
		(request) => ({ ...request, tags: null }),
	],
];

const FAILURE: Failure = {
	kind: 'failed',
	name: '',
	applied: 'unknown',
	reason: 'outcome_unknown',
	status: null,
	code: null,
	message: '',
	sentAt: BEGAN,
};

let serial = 0;

/** A server that made all of them, and shows them on one page. */
function serverWith(drafts: readonly SessionDraft[], shown: (request: IDataObject) => IDataObject) {
	let now = BEGAN + 10_000;
	const views = drafts.map(({ request }) => ({
		...shown(request),
		session_guid: `00000000-0000-4000-8000-${String(++serial).padStart(12, '0')}`,
		creation_date: new Date(BEGAN + 5_000).toISOString(),
	}));
	const transport: Transport = {
		now: () => now,
		wait: async (ms) => void (now += ms),
		afterSilence: () => transport,
		request: async () => ({
			kind: 'response',
			status: 200,
			body: views,
			headers: { date: new Date(now).toUTCString() },
			sentAt: now,
			receivedAt: ++now,
		}),
	};
	return transport;
}

describe('recovery takes time in proportion to what was lost', () => {
	it.each(LOST)(
		'%s',
		async (_, rest, shown) => {
			const recover = async (count: number) => {
				const drafts = Array.from({ length: count }, (__, i) => draftOf(i, rest(i)));
				const others = Array.from({ length: count }, (__, i) =>
					draftOf(i, { ...rest(i), name: 'Physics' }),
				);
				const land = depart({ account: 'a', waiting: () => others });
				const transport = serverWith(drafts, shown);
				const from = process.cpuUsage();
				const { found, candidates } = await recoverCreates(drafts, FAILURE, transport, 'a');
				const time = process.cpuUsage(from).user;
				land();
				expect(found.size + candidates.size).toBe(count);
				return time;
			};
			let [least, leastOfMany] = [Infinity, Infinity];
			for (let round = 0; round < ROUNDS && !(leastOfMany / least < MOST); round++) {
				let time = 0;
				for (let i = 0; i < TIMES; i++) time += await recover(FEW);
				least = Math.min(least, time);
				leastOfMany = Math.min(leastOfMany, await recover(TIMES * FEW));
			}
			expect(leastOfMany / least).toBeLessThan(MOST);
		},
		60_000,
	);
});
