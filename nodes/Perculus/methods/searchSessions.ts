import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { SESSION_CATALOGUE } from '../session/fields';
import { fitsFilters, searchFilterOf, type SessionFilters } from '../session/filters';
import { searchFailure, sessionPages } from '../session/search';
import { parseAnswerDate } from '../session/start';
import { accountOf, credentialSecrets, n8nTransport } from '../transport/client';
import { redactSecrets } from '../transport/secrets';

/** Seconds; a person is waiting. */
const TIMEOUT = 30;

/** 'Algebra, 2030-09-01 14:00 (Europe/Istanbul)' */
function labelOf({ name, start_date, timezone }: IDataObject): string {
	const start = parseAnswerDate(start_date)?.clock.slice(0, 16).replace('T', ' ');
	const zone = typeof timezone === 'string' && timezone !== '' ? ` (${timezone})` : '';
	const title = typeof name === 'string' && name.trim() !== '' ? name : 'Without a name';
	return start === undefined ? title : `${title}, ${start}${zone}`;
}

/**
 * The sessions to choose from, by name as one types: a page of the search for each part of the list.
 *
 * @param paginationToken number of the page
 * @throws NodeApiError with a sentence on why there is no list
 */
export async function searchSessions(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const name = filter?.trim() ?? '';
	const filters: SessionFilters = { zone: 'UTC', ...(name !== '' && { name }) };
	const search = {
		transport: n8nTransport(this, TIMEOUT),
		account: (await accountOf(this)) ?? '',
		plainKeys: SESSION_CATALOGUE.plainKeys,
	};
	const pages = sessionPages(search, searchFilterOf(filters), {
		mostPages: 1,
		...(paginationToken !== undefined && { from: Number(paginationToken) }),
	});
	for await (const { entries } of pages) {
		// The pager asks for page 0 only at the end, and few people scroll that far.
		const fromZero = pages.isComplete ? [] : await pages.readPageZero();
		if (!fromZero) break;
		const results = [...fromZero, ...entries]
			.filter((view) => fitsFilters(view, filters))
			.map((view) => ({ name: labelOf(view), value: String(view.session_guid) }));
		return pages.isComplete ? { results } : { results, paginationToken: String(pages.next) };
	}
	if (!pages.missing) return { results: [] };
	const failure = searchFailure(pages.missing);
	const message = redactSecrets(failure.message, await credentialSecrets(this));
	throw new NodeApiError(this.getNode(), { message }, { message });
}
