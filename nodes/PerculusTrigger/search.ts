import { type IDataObject, type IPollFunctions, NodeApiError } from 'n8n-workflow';

import { SESSION_CATALOGUE } from '../Perculus/session/fields';
import { searchFailure, searchFilterOf, sessionPages } from '../Perculus/session/search';
import { accountOf, credentialSecrets, n8nTransport } from '../Perculus/transport/client';
import { redactSecrets } from '../Perculus/transport/secrets';
import { searchedDays, type Watch } from './events';

/** Seconds. */
const TIMEOUT = 30;

async function failed(
	context: IPollFunctions,
	text: string,
	{ status, words = [] }: { status?: number | null; words?: string[] } = {},
): Promise<NodeApiError> {
	const secrets = await credentialSecrets(context);
	const message = redactSecrets(text, secrets);
	return new NodeApiError(
		context.getNode(),
		{ message },
		{
			message,
			description: redactSecrets(words.join(' '), secrets),
			// n8n reads '401', '403' and '429'.
			...(typeof status === 'number' && { httpCode: String(status) }),
		},
	);
}

/**
 * Reads every session of the days that are watched, to the last page.
 *
 * @throws NodeApiError if a page can't be read, or before n8n's time for a poll is over
 */
export async function searchWatched(
	context: IPollFunctions,
	watch: Watch,
	isSample: boolean,
): Promise<IDataObject[]> {
	const began = Date.now();
	const transport = n8nTransport(context, TIMEOUT, true);
	const account = (await accountOf(context)) ?? '';
	const search = { transport, account, plainKeys: SESSION_CATALOGUE.plainKeys };
	const pages = sessionPages(search, searchFilterOf(searchedDays(watch, began, isSample)));

	const views: IDataObject[] = [];
	let [last, slowest] = [began, 0];
	for await (const { entries } of pages) {
		views.push(...entries);
		const now = Date.now();
		slowest = Math.max(slowest, now - last);
		last = now;
		// n8n gives a poll up in the middle: what it decides after that would be lost. Older versions set no limit.
		const left = (context.getPollBudgetMs?.() ?? Infinity) - (now - began);
		if (left > (pages.isComplete ? 0 : slowest)) continue;
		const found = `${views.length} sessions in ${pages.count} pages`;
		const text = `Perculus takes too long to list the sessions: ${found} until n8n's time for a poll was over. Add filters, or watch fewer days.`;
		throw await failed(context, text);
	}
	if (!pages.missing) return views;
	const { message, status, apiMessages } = searchFailure(pages.missing);
	throw await failed(context, message, { status, words: apiMessages });
}
