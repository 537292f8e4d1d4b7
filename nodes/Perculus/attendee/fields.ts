import { catalogueOf, type Field } from '../batch/catalogue';
import type { Noun } from '../batch/types';

/** What a person is in a session. */
const ROLES = [
	{ name: 'Admin', value: 'a' },
	{ name: 'Instructor', value: 'e' },
	{ name: 'User', value: 'u' },
];

/** Instructors of older accounts, who do not see all shared files: taken, so that an answer that is fed in again fits. */
const OLD_ROLES = ['e+', 'e-'];

/**
 * The one catalogue of attendee fields. The mapper, auto-mapping, validation, conversion and the request all read it.
 *
 * Source: the API's "Creating and Updating Attendees".
 */
export const ATTENDEE_FIELDS: readonly Field[] = [
	{
		id: 'email',
		label: 'Email',
		kind: 'email',
		visible: true,
		aliases: ['mail', 'email address', 'mail address'],
		view: 'full',
	},
	{
		id: 'name',
		label: 'First Name',
		kind: 'name',
		visible: true,
		aliases: ['given name', 'forename'],
		general: true,
		view: 'full',
	},
	{
		id: 'surname',
		label: 'Last Name',
		kind: 'name',
		visible: true,
		aliases: ['family name'],
		view: 'full',
	},
	{
		id: 'role',
		label: 'Role',
		kind: 'choice',
		choices: ROLES,
		alsoTaken: OLD_ROLES,
		visible: true,
		view: 'full',
	},
	{
		id: 'mobile',
		label: 'Mobile Phone',
		kind: 'phone',
		aliases: [
			'mobile number',
			'mobile phone number',
			'phone',
			'phone number',
			'telephone',
			'cell',
			'cell phone',
		],
		view: 'full',
	},
	{ id: 'user_guid', label: 'User GUID', kind: 'guid', view: 'full' },
	{ id: 'attendance_code', label: 'Attendance Code', kind: 'guid', view: 'full' },
];

const SESSION_OUTCOMES: ReadonlySet<unknown> = new Set([
	'created',
	'updated',
	'would_create',
	'would_update',
]);

/** The API's view repeats no field, so it needn't be distinguished from other items. */
export const ATTENDEE_CATALOGUE = catalogueOf(
	'attendee',
	ATTENDEE_FIELDS,
	() => false,
	{ simple: [], full: ['user_id', 'avatar', 'creation_date', 'updating_date'] },
	// Of a session, the name is no person's.
	({ outcome }) => SESSION_OUTCOMES.has(outcome),
);

export const ATTENDEE_NOUN: Noun = { one: 'attendee', many: 'attendees' };
