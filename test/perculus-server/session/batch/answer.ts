import { randomUUID } from 'node:crypto';
import { readList, refuseMalformed } from '../../batch/body';
import {
	answerResults,
	isApproval,
	omitResults,
	statusOf,
	type Approval,
	type Rejection,
	type Result,
} from '../../batch/result';
import type { Answer } from '../../http/answer';
import type { Store } from '../../store';
import type { Switches } from '../../switches';
import { stamp, type Moment } from '../../values/clock';
import type { Json } from '../../values/json';
import { preloadedSession } from '../preload';
import { viewOf, type SessionView } from '../session';
import { applyItem } from './apply';
import { inputOf, readItem, type SessionItem } from './item';
import { invalid } from './rejection';

/** Documented: an array in, `{approved, rejected}` out, with 200, 207 or 400. */
export function answerBatch(body: Json, store: Store, now: Moment, switches: Switches): Answer {
	const limit = { items: switches.batchLimit, code: 38, text: 'batchTooLarge' } as const;
	const list = readList(body, limit, switches);
	if (!Array.isArray(list)) return list;
	const items = list.map((sent, index) => readItem(sent, index, switches));
	const refused = refuseMalformed(items, switches);
	if (refused) return refused;

	const results = applyItems(items, store, now, switches);
	const { omit } = switches;
	const omitted =
		typeof omit === 'number' ? omit : (index: number) => omit(inputOf(items[index]), index);
	const shown = omitResults(results, omitted, switches.seed);
	const approvals = lastOnly(shown.filter(isApproval), switches);
	return answerResults(
		statusOf(results),
		switches.allFailedBody,
		[...approvals, ...strangers(store, now, switches)],
		shown.filter((result): result is Rejection => !isApproval(result)),
		switches,
	);
}

function applyItems(
	items: readonly SessionItem[],
	store: Store,
	now: Moment,
	switches: Switches,
): Array<Result<SessionView>> {
	// Documented: one reading of the clock, so all items of a request share their dates.
	const moment = { ...now, stamp: stamp(now, switches.defaultTimezone, switches.stamps) };
	const times = countGuids(items);
	const seen = new Set<string>();
	return items.map((item) => {
		const key = item.guid?.toUpperCase();
		const repeated = Boolean(key) && (times.get(key as string) ?? 0) > 1;
		const refuseAll = repeated && switches.duplicateGuid === 'rejectAll';
		const refuseThis =
			refuseAll || (switches.duplicateGuid === 'rejectLater' && seen.has(key ?? ''));
		if (key) seen.add(key);
		if (refuseThis)
			return invalid(item, [{ field: 'session_guid', text: 'guidRepeated' }], switches);
		return applyItem(item, store, moment, switches);
	});
}

function countGuids(items: readonly SessionItem[]): Map<string, number> {
	const times = new Map<string, number>();
	for (const { guid } of items) {
		if (!guid) continue;
		const key = guid.toUpperCase();
		times.set(key, (times.get(key) ?? 0) + 1);
	}
	return times;
}

/** Sessions that nobody asked for. They are in the answer only, not in the store. */
function strangers(store: Store, now: Moment, switches: Switches): Array<Approval<SessionView>> {
	return Array.from({ length: switches.stranger }, (_, at) => {
		const preset = { name: `Stranger ${at + 1}`, session_guid: randomUUID() };
		const foreign = preloadedSession(preset, now, ++store.serial, switches);
		return { index: Infinity, view: viewOf(foreign, switches) };
	});
}

function lastOnly(
	approvals: Array<Approval<SessionView>>,
	switches: Switches,
): Array<Approval<SessionView>> {
	if (switches.duplicateGuid !== 'once') return approvals;
	return [...new Map(approvals.map((approval) => [approval.view.session_guid, approval])).values()];
}
