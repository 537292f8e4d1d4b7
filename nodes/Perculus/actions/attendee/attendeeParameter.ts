import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { parameterReader } from '../../batch/parameter';
import type { Reading } from '../../values/collections';
import { isEmpty, onlyEntry } from '../../values/convert';
import { emailAddress, readName, referenceIssue } from '../../values/names';
import { jsonValue, quote } from '../../values/text';
import type { SubPath } from '../shared/locator';

export const attendeeParameter: INodeProperties = {
	displayName: 'Attendee',
	name: 'attendee',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. ada@school.example',
	description: 'Email address, User GUID or Attendance Code',
};

const LABEL = 'Attendee';
const GUID_OR_CODE = /^\{?([A-Za-z0-9-]+)\}?$/;
/** Below a session these are requests of the API's own, for many people at once. */
const RESERVED_SEGMENTS = /^(batch|search)$/i;
/** A server on the way may take these for the end of a part of the address. */
const PARTS_PATHS = /[/?#%]/;

/** What names a person in a path. No other text may: `..` would lead to the session itself, and delete it. */
export function attendeeId(given: unknown): Reading<string> {
	const value = onlyEntry(given, 'text');
	if (isEmpty(value)) {
		return { issue: `${LABEL} is empty; give an email address, a User GUID or an Attendance Code` };
	}
	const name = readName(value);
	const text = 'value' in name ? name.value : '';
	const email = emailAddress(text);
	const id = email ?? GUID_OR_CODE.exec(text)?.[1];
	if (id === undefined || RESERVED_SEGMENTS.test(id)) {
		return {
			issue: `${LABEL} must be an email address, a User GUID or an Attendance Code; this item has ${quote(given)}`,
		};
	}
	if (PARTS_PATHS.test(id)) {
		return {
			issue: `${LABEL} has an email address with /, ?, # or %, which can't be part of a request; give the Attendance Code or the User GUID`,
		};
	}
	const issue = email === undefined ? referenceIssue(id) : undefined;
	return issue === undefined ? { value: id } : { issue: `${LABEL} ${issue}` };
}

/** A person of a session. */
export interface Person extends SubPath {
	id: string;
}

/** Prepares the reading of the person that each item names. */
export function personReader(context: IExecuteFunctions) {
	const read = parameterReader(context, 'attendee');
	return (index: number, json: IDataObject): Person | { issue: string; beside: IDataObject } => {
		const given = read(index, json);
		const value = 'value' in given ? (given.value ?? null) : null;
		const beside = { attendee: jsonValue(value) } as IDataObject;
		if ('issue' in given) return { beside, issue: `${LABEL} ${given.issue}` };
		const id = attendeeId(value);
		return 'issue' in id
			? { beside, issue: id.issue }
			: { beside, id: id.value, segments: ['attendee', id.value] };
	};
}
