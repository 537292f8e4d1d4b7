import type { IDataObject } from 'n8n-workflow';

import { type NotApproved, OWN_KEYS, refusedByPerculus } from '../../batch/outcome';
import { apiCodeOf, readModel } from '../../transport/body';
import type { PageFailure } from '../../transport/pages';
import { type Failure, readSingleResponse } from '../../transport/responses';
import { retryLostResponse, sendWhileBusy } from '../../transport/retry';
import {
	type NetworkError,
	pathOf,
	type Request,
	type Response,
	type Transport,
} from '../../transport/transport';
import { isEmpty } from '../../values/convert';
import { isNoDate } from '../../values/dates/dateParts';
import { normalGuid, quote } from '../../values/text';
import type { Located } from './locator';
import type { PreparedRequests } from './perItem';

/** A session's report, or what came instead. */
export type ReportReply<R> = { kind: 'report'; report: R } | NotApproved | PageFailure;

/** Reads the body of a response; undefined if it isn't a report. */
export type ParseReport<R> = (body: IDataObject) => R | undefined;

type Method = Request['method'];

const isFailure = (reply: { kind: string }): reply is Failure => reply.kind === 'failed';

/** Whether an address may exist with the other method only: the API's own 404 has a code. */
const isAboutMethod = (reply: ReportReply<unknown>): boolean =>
	'status' in reply && (reply.status === 405 || (reply.status === 404 && isFailure(reply)));

const isSuccess = (status: number | null) => status !== null && status >= 200 && status < 300;

/** Another session's report would be taken for the one that was asked for. */
const isOther = ({ session_guid: named }: IDataObject, guid: string): boolean =>
	normalGuid(named) !== undefined && normalGuid(named) !== normalGuid(guid);

/** A body that can't be read never means that no one attended. */
const noReport = (failure: Failure): Failure => ({
	...failure,
	name: 'no report',
	reason: 'no_result',
	message: `Perculus responded with HTTP ${failure.status}, but without a report that could be read.`,
});

function readReply<R>(
	outcome: Response | NetworkError,
	parse: (body: unknown) => R | undefined,
): ReportReply<R> {
	const isReport = (body: unknown) => apiCodeOf(body) === null && parse(body) !== undefined;
	const reply = readSingleResponse(outcome, 'read', isReport);
	if (reply.kind === 'answer') return { kind: 'report', report: parse(reply.response.body) as R };
	if (outcome.kind !== 'response' || !isFailure(reply) || reply.repeatable) return reply;
	const { status, body = '' } = outcome;
	const isNone = status === 204 || (typeof body === 'string' && body.trim() === '');
	return isSuccess(status) && isNone
		? refusedByPerculus(null, [], 'session_stat_not_found')
		: reply;
}

/**
 * Prepares the reading of reports. POST is what the docs say, GET what the vendor's own client sends: the first session
 * decides for the run, and the others wait for it.
 *
 * @param below `attendees`, or nothing for the session's own report
 */
export function reportReader<R>(
	transport: Transport,
	below: readonly string[],
	parse: ParseReport<R>,
): (guid: string) => Promise<ReportReply<R>> {
	let known: Method | undefined;
	let first: Promise<ReportReply<R>> | undefined;

	const send = async (method: Method, guid: string): Promise<ReportReply<R>> => {
		const path = pathOf('report', 'session', guid, ...below) ?? '';
		const parseBody = (body: unknown) => {
			const model = readModel(body);
			return model === null || isOther(model, guid) ? undefined : parse(model);
		};
		const ask = async () => readReply(await sendWhileBusy(transport, { method, path }), parseBody);
		const { reply } = await retryLostResponse(transport, await ask(), ask);
		return isFailure(reply) && isSuccess(reply.status) ? noReport(reply) : reply;
	};
	const remember = (method: Method, reply: ReportReply<R>) => {
		if (!isFailure(reply)) known = method;
		return reply;
	};
	const tryBoth = async (guid: string): Promise<ReportReply<R>> => {
		const posted = await send('POST', guid);
		return isAboutMethod(posted)
			? remember('GET', await send('GET', guid))
			: remember('POST', posted);
	};
	return async (guid) => {
		if (first) await first;
		if (known) return await send(known, guid);
		const reply = tryBoth(guid);
		first ??= reply;
		return await reply;
	};
}

/** A session that an item names, and what is asked about it: once, however many items name it. */
export interface Shared<T> extends Located {
	ask(): Promise<T>;
}

/** Items that name one session share what is asked about it. */
export function shareBySession<T, S extends Located>(
	{ each, ...rest }: PreparedRequests<S>,
	ask: (guid: string) => Promise<T>,
): PreparedRequests<S & Shared<T>> {
	const asked = new Map<string, Promise<T>>();
	const askOnce = async (guid: string): Promise<T> => {
		const known = asked.get(sessionKey({ guid })) ?? ask(guid);
		asked.set(sessionKey({ guid }), known);
		return await known;
	};
	return {
		...rest,
		each: each.map((one) => {
			if ('refused' in one) return one;
			const { target } = one;
			return { ...one, target: { ...target, ask: async () => await askOnce(target.guid) } };
		}),
	};
}

/** The same for two spellings of one GUID. */
export const sessionKey = ({ guid }: Pick<Located, 'guid'>): string => normalGuid(guid) ?? guid;

/** What makes a report provisional: a sentence each. Source: the API's "Session Stats". */
export function reportWarnings({ error_code, actual_finish_date }: IDataObject): string[] {
	const hasCode = !isEmpty(error_code) && String(error_code).trim().toUpperCase() !== 'NONE';
	const isOver = !isEmpty(actual_finish_date) && !isNoDate(String(actual_finish_date));
	return [
		...(hasCode
			? [`The report may not be final: Perculus couldn't prepare it (${quote(error_code)}).`]
			: []),
		...(!isOver ? ["The report may not be final: it doesn't say when the session ended."] : []),
	];
}

const SIMPLE_KEYS = [
	'session_name',
	'actual_start_date',
	'actual_finish_date',
	'duration',
	'duration_active',
	'user_count',
	'chat_message_count',
];

/**
 * A session's report as an item.
 *
 * @param shown what the item shows of its session
 */
export function showReport(
	shown: IDataObject,
	report: IDataObject,
	isSimplified: boolean,
): IDataObject {
	const item = { ...shown };
	for (const key of isSimplified ? SIMPLE_KEYS : Object.keys(report)) {
		if (key in shown || OWN_KEYS.has(key)) continue;
		item[key] = report[key] ?? null;
	}
	const warnings = reportWarnings(report);
	return warnings.length > 0 ? { ...item, warnings } : item;
}
