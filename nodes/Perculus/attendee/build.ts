import type { IDataObject } from 'n8n-workflow';

import { addMissing, addUnusedColumns, convertValues, sortKeys, type Values } from '../batch/build';
import { spelling } from '../batch/catalogue';
import { invalid, type NotApproved } from '../batch/outcome';
import type { BuildResult, Draft, ItemInput } from '../batch/types';
import type { Reading } from '../values/collections';
import { isEmpty } from '../values/convert';
import { jsonValue, normalGuid } from '../values/text';
import { ATTENDEE_CATALOGUE } from './fields';

/** What an item is built with, beside its own fields. */
export interface AttendeeSettings {
	/** Path of its session's batch; '' where the item isn't sent anyway. */
	path: string;
	/** What the item shows of its session. */
	beside: IDataObject;
	/** Why nothing can be sent to its session. */
	refused?: NotApproved | undefined;
	joinUrl: Reading<string | undefined>;
	/** What is wrong with its session. */
	issues: readonly string[];
}

const NO_WARNINGS: readonly string[] = [];

/** What names a session is of use, though no field of the person takes it. */
const OF_SESSION: ReadonlySet<string> = new Set(
	['session_guid', 'session_reference'].map((key) => spelling(key)),
);
const isOfSession = (column: string) => OF_SESSION.has(spelling(column));

/** Builds the attendee of one item, or reports every issue it has. Pure. */
export function buildAttendee(
	{ index, record, issues, columns, unused, inside }: ItemInput,
	{ path, beside, refused, joinUrl, issues: ofSession }: AttendeeSettings,
): BuildResult<AttendeeDraft> {
	const values: Values = {
		request: {},
		invalid: undefined,
		issues: ofSession.concat(issues),
		columns,
	};
	if ('issue' in joinUrl) values.issues.push(joinUrl.issue);
	convertValues(record, ATTENDEE_CATALOGUE, values);
	requireName(record, values);

	if (values.issues.length > 0 || 'issue' in joinUrl) {
		const others = unused && (() => unused().filter((column) => !isOfSession(column)));
		addUnusedColumns(values, { unused: others, inside });
		return { index, input: inputForm(values), beside, refused: invalid(values.issues) };
	}
	const { request } = values;
	const input = sortKeys(request, ATTENDEE_CATALOGUE.order);
	if (refused) return { index, input, beside, refused };
	const code = normalGuid(input.attendance_code);
	const user = normalGuid(input.user_guid);
	const email = typeof input.email === 'string' ? input.email.toLowerCase() : undefined;
	return {
		index,
		request: requestOf(request),
		input,
		beside,
		action: 'save',
		uniqueKeys: keysOf(code, user, email),
		path,
		repeatable: true,
		safeToRerun: true,
		code,
		user,
		email,
		joinUrl: joinUrl.value,
		warnings: NO_WARNINGS,
	};
}

/** All that an item names the person by, sent or not. */
function keysOf(
	code: string | undefined,
	user: string | undefined,
	email: string | undefined,
): string[] {
	const keys: string[] = [];
	if (code !== undefined) keys.push(`code ${code}`);
	if (user !== undefined) keys.push(`user ${user}`);
	if (email !== undefined) keys.push(email);
	return keys;
}

/** A code names an attendee of the session, a User GUID a user of the account; other people need an email address and both names. */
function requireName(record: ItemInput['record'], values: Values): void {
	if (!isEmpty(record.attendance_code) || !isEmpty(record.user_guid)) return;
	const { labelOf } = ATTENDEE_CATALOGUE;
	if (isEmpty(record.email)) {
		addMissing(
			values,
			`${labelOf('email')} is missing; an attendee needs it with first and last name, or a ${labelOf('user_guid')}, or an ${labelOf('attendance_code')}`,
		);
		return;
	}
	for (const id of ['name', 'surname']) {
		if (!isEmpty(record[id])) continue;
		addMissing(values, `${labelOf(id)} is missing; an attendee named by an email address needs it`);
	}
}

/** A code is sent without other identities: a server may refuse several that could name different people. */
function requestOf(input: IDataObject): IDataObject {
	if (!('attendance_code' in input)) return input;
	const { user_guid: _user, email: _email, ...request } = input;
	return request;
}

/** What was given, or where it is good the converted value, ready to be mapped again. */
function inputForm({ request, invalid: bad = {} }: Values): IDataObject {
	const given = Object.entries(bad).map(([id, value]) => [id, jsonValue(value)]);
	return sortKeys({ ...request, ...Object.fromEntries(given) }, ATTENDEE_CATALOGUE.order);
}

/** A person that can be sent. What names a person is in lower case and without braces, for comparing. */
export interface AttendeeDraft extends Draft {
	code: string | undefined;
	user: string | undefined;
	email: string | undefined;
	/** The template of the link with which the person joins. */
	joinUrl: string | undefined;
	/** What the item shows of its session. */
	beside: IDataObject;
}
