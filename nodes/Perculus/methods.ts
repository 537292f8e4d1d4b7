import {
	type FieldType,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
	type INodePropertyOptions,
	NodeApiError,
	type ResourceMapperField,
	type ResourceMapperFields,
} from 'n8n-workflow';

import { ATTENDEE_FIELDS } from './attendee/fields';
import type { Field } from './batch/catalogue';
import { SESSION_CATALOGUE, SESSION_FIELDS } from './session/fields';
import {
	fitsFilters,
	searchFailure,
	searchFilterOf,
	type SessionFilters,
	sessionPages,
} from './session/search';
import { parseAnswerDate } from './session/start';
import { accountOf, credentialSecrets, n8nTransport } from './transport/client';
import { redactSecrets } from './transport/secrets';
import { ZONE_NAMES, zoneName } from './values/zones';

const INPUTS: Record<Field['kind'], FieldType> = {
	guid: 'string',
	reference: 'string',
	text: 'string',
	name: 'string',
	phone: 'string',
	start: 'dateTime',
	time: 'string',
	// Often only a time, which a date picker can't hold.
	end: 'string',
	zone: 'string',
	language: 'options',
	tags: 'string',
	url: 'string',
	email: 'string',
	choice: 'options',
	// Not 'boolean': the editor writes false into every boolean field that becomes visible, so that one click
	// on "Add All Fields" would switch off recording, rating and cameras.
	yesNo: 'options',
	wholeNumber: 'number',
};

const YES_NO = [
	{ name: 'Yes', value: true },
	{ name: 'No', value: false },
];

function toMapperField({ id, label, kind, visible, choices }: Field): ResourceMapperField {
	const offered = kind === 'yesNo' ? YES_NO : choices;
	return {
		id,
		displayName: label,
		type: INPUTS[kind],
		// Never required here: a missing value is reported on its own item instead of stopping the workflow.
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: !visible,
		...(offered && { options: [...offered] }),
	};
}

/** The fields of the mapper that an operation has use for, in the catalogue's order; without one, all of them. */
export function mapperFields(fields: readonly Field[], operation: unknown): ResourceMapperField[] {
	return fields
		.filter(({ hiddenFor: notFor }) => notFor === undefined || notFor !== operation)
		.map(toMapperField);
}

/** The mapper's fields of a session; they come from the catalogue, not from the account, so no request is made. */
export async function getSessionFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return { fields: mapperFields(SESSION_FIELDS, this.getCurrentNodeParameter('operation')) };
}

/** The mapper's fields of an attendee; they also come from the catalogue. */
export async function getAttendeeFields(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return { fields: mapperFields(ATTENDEE_FIELDS, this.getCurrentNodeParameter('operation')) };
}

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

/**
 * The zones to choose from, the workflow's first. A method, so that no workflow stores the list. n8n asks it without
 * the workflow, whose zone therefore comes as a parameter that the editor evaluates.
 */
export async function getTimeZones(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const evaluated = this.getCurrentNodeParameter('workflowTimezone');
	const workflows =
		(typeof evaluated === 'string' ? zoneName(evaluated) : undefined) ?? this.getTimezone();
	return [
		{ name: `The Workflow's (${workflows})`, value: '' },
		// With spaces, so that who types "new york" finds it.
		...ZONE_NAMES.map((name) => ({ name: name.replaceAll('_', ' '), value: name })),
	];
}
