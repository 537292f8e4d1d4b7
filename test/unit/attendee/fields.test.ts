import type { IDataObject } from 'n8n-workflow';

import { autoMap } from '../../../nodes/Perculus/batch/autoMap';
import { ATTENDEE_CATALOGUE, ATTENDEE_FIELDS } from '../../../nodes/Perculus/attendee/fields';

const fieldOf = (key: string) => ATTENDEE_CATALOGUE.namedBy(key)?.field;

describe('Catalogue of attendee fields', () => {
	it('the catalogue has every field that the API documents for attendees, under its own id', () => {
		expect(ATTENDEE_FIELDS.map(({ id }) => id)).toEqual([
			'email',
			'name',
			'surname',
			'role',
			'mobile',
			'user_guid',
			'attendance_code',
		]);
	});

	it('a new node shows the fields Email, First Name, Last Name and Role', () => {
		const visible = ATTENDEE_FIELDS.filter((field) => field.visible).map(({ label }) => label);
		expect(visible).toEqual(['Email', 'First Name', 'Last Name', 'Role']);
	});

	it('the field Role offers the roles a, e and u', () => {
		const role = ATTENDEE_CATALOGUE.byId('role');
		expect(role?.choices?.map(({ value }) => value)).toEqual(['a', 'e', 'u']);
	});

	it('no key refers to two fields', () => {
		const folded = (key: string) => key.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
		const owners = new Map<string, string>();
		for (const { id, label, aliases = [] } of ATTENDEE_FIELDS) {
			for (const name of [id, label, ...aliases].map(folded)) {
				expect([name, owners.get(name) ?? id]).toEqual([name, id]);
				owners.set(name, id);
			}
		}
	});
});

describe('General headings', () => {
	const map = (item: IDataObject) => autoMap(item, ATTENDEE_CATALOGUE, { isTool: false }).record;

	it.each([
		{ name: 'Ada Byron', first_name: 'Ada', last_name: 'Byron' },
		{ 'First Name': 'Ada', Name: 'Ada Byron', 'Family Name': 'Byron' },
		{ NAME: 'Ada Byron', 'Given name': 'Ada', Surname: 'Byron' },
	])('a more specific heading wins over a general one: %j', (item) => {
		expect(map(item)).toEqual({ name: 'Ada', surname: 'Byron' });
	});

	it('a general heading is used if no specific one has a value', () => {
		expect(map({ name: 'Ada', first_name: '' })).toEqual({ name: 'Ada' });
	});

	it.each(['created', 'updated', 'would_create', 'would_update'])(
		"the name of a session that was %s isn't used as an attendee's name",
		(outcome) => {
			expect(map({ outcome, name: 'Algebra', email: 'a@x.example' })).toEqual({
				email: 'a@x.example',
			});
		},
	);
});

describe('Column headings', () => {
	it.each([
		['Email', 'email'],
		['E-Mail', 'email'],
		['e-mail address', 'email'],
		['Mail', 'email'],
		['firstName', 'name'],
		['Given Name', 'name'],
		['Forename', 'name'],
		['lastname', 'surname'],
		['Family name', 'surname'],
		['SURNAME', 'surname'],
		['Role', 'role'],
		['Phone', 'mobile'],
		['mobilePhone', 'mobile'],
		['Cell phone', 'mobile'],
		['User GUID', 'user_guid'],
		['attendanceCode', 'attendance_code'],
	])('the heading %s maps to the field %s', (key, field) => {
		expect(fieldOf(key)).toBe(field);
	});

	it.each(['User ID', 'id', 'Full Name', 'Code', 'Address', 'session_guid', 'session_id', 'Title'])(
		'the heading %s maps to no field',
		(key) => {
			expect(fieldOf(key)).toBeUndefined();
		},
	);
});
