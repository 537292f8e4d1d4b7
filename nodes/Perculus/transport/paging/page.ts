import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../values/isObject';
import { readModel, type PlainKeys } from '../batchBody';
import type { SingleReply } from '../reply';
import { askWithRetry } from '../retry';
import type { Response, Transport } from '../transport';

/** What came instead of a page: the API's refusal, or a failed request. */
export type NoPage = Exclude<SingleReply, { kind: 'answer' }>;

/** A POST search whose answers are lists. */
export interface Paged {
	path: string;
	/** Keys under which its entries have plain values. */
	plainKeys?: PlainKeys;
}

export interface Page {
	kind: 'page';
	entries: IDataObject[];
	response: Response;
}

/** The list in an answer: the body itself, or its `data`. */
function listOf(body: unknown): unknown[] | undefined {
	if (Array.isArray(body)) return body;
	return isObject(body) && Array.isArray(body.data) ? body.data : undefined;
}

/** Asks for one page of a POST search, and again where the answer is lost. */
export async function askForPage(
	transport: Transport,
	{ path, plainKeys }: Paged,
	filter: IDataObject,
	number: number,
	size: number,
): Promise<Page | NoPage> {
	const body = { ...filter, page_number: number, page_size: size };
	const isList = (answered: unknown) => listOf(answered) !== undefined;
	const { reply } = await askWithRetry(transport, { method: 'POST', path, body }, isList);
	if (reply.kind !== 'answer') return reply;
	const { response } = reply;
	const entries = (listOf(response.body) ?? [])
		.map((entry) => readModel(entry, plainKeys))
		.filter((entry) => entry !== null);
	return { kind: 'page', entries, response };
}

/** Statuses of an answer that is about the number of the page; 500 where a server takes -1 times the size for an offset. */
const NO_SUCH_PAGE = new Set([400, 404, 409, 410, 416, 422, 500]);

/** Whether page 0 did not come because there is no such page. */
export const isNoSuchPage = ({ status }: NoPage): boolean =>
	status !== null && NO_SUCH_PAGE.has(status);
