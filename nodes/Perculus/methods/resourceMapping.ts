import type { FieldType, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

import {
	LANGUAGES,
	SESSION_FIELDS,
	type FieldKind,
	type SessionField,
} from '../resources/session/fields';

const INPUTS: Record<FieldKind, FieldType> = {
	guid: 'string',
	text: 'string',
	start: 'dateTime',
	time: 'string',
	zone: 'string',
	language: 'options',
	tags: 'string',
	url: 'string',
	// Not 'boolean': the editor writes false into every boolean field that becomes visible, so that one click
	// on "Add All Fields" would switch off recording, rating and cameras.
	yesNo: 'options',
	wholeNumber: 'number',
};

const YES_NO = [
	{ name: 'Yes', value: true },
	{ name: 'No', value: false },
];

function toMapperField({ id, label, kind, visible }: SessionField): ResourceMapperField {
	const choices = kind === 'yesNo' ? YES_NO : kind === 'language' ? LANGUAGES : undefined;
	return {
		id,
		displayName: label,
		type: INPUTS[kind],
		// Never required here: a missing value is told on its own item instead of stopping the workflow.
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: !visible,
		...(choices && { options: choices }),
	};
}

/** The fields of the mapper; they come from the catalogue, not from the account, so no request is made. */
export async function getSessionFields(): Promise<ResourceMapperFields> {
	return { fields: SESSION_FIELDS.map(toMapperField) };
}
