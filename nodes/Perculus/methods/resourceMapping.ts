import type {
	FieldType,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { ATTENDEE_FIELDS } from '../attendee/fields';
import type { Field } from '../batch/fields';
import { SESSION_FIELDS } from '../session/fields';

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
