import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { isDraft } from '../../../nodes/Perculus/batch/types';
import { autoMap } from '../../../nodes/Perculus/batch/autoMap';
import { buildAttendee, type AttendeeSettings } from '../../../nodes/Perculus/attendee/build';
import { ATTENDEE_CATALOGUE } from '../../../nodes/Perculus/attendee/fields';

const GUID = '1B27EB7F-0000-4000-8000-000000000001';
const SETTINGS: AttendeeSettings = {
	path: '/session/G/attendee/batch',
	beside: { session_guid: 'G' },
	joinUrl: { value: undefined },
	issues: [],
};

const build = (item: IDataObject, settings: Partial<AttendeeSettings> = {}) =>
	buildAttendee(
		{ ...autoMap(item, ATTENDEE_CATALOGUE, { isTool: false }), index: 0, json: item },
		{ ...SETTINGS, ...settings },
	);

/** The input of the item, which comes back with it. */
const inputOf = (item: IDataObject): IDataObject => build(item).input;

describe('Request of an attendee', () => {
	it.each<[string, IDataObject, IDataObject]>([
		[
			'an email address with its names',
			{ surname: 'L', name: 'Ada', email: ' a@x.example ' },
			{ surname: 'L', name: 'Ada', email: 'a@x.example' },
		],
		['only a user GUID', { user_guid: `{${GUID}}` }, { user_guid: GUID }],
		[
			'a user GUID with an email address and a role',
			{ user_guid: GUID, email: 'a@x.example', role: 'Admin' },
			{ user_guid: GUID, email: 'a@x.example', role: 'a' },
		],
		[
			'an attendance code without the user GUID and the email address',
			{ attendance_code: GUID, user_guid: GUID, email: 'a@x.example', name: 'Ada', mobile: 5 },
			{ attendance_code: GUID, name: 'Ada', mobile: '5' },
		],
	])('sends %s', (_, item, request) => {
		expect(build(item)).toMatchObject({ request });
		expect(Object.keys((build(item) as { request: object }).request).sort()).toEqual(
			Object.keys(request).sort(),
		);
	});
});

it("doesn't list the columns of the session as unused", () => {
	const built = build({
		session_guid: GUID,
		'Session Reference': 'D-1',
		Mailadresse: 'a@x.example',
	});
	expect('refused' in built && built.refused.details).toEqual([
		expect.stringMatching(
			/^Email is missing; .* \(columns of this item that were not used: 'Mailadresse'\)$/,
		),
	]);
});

it('the input of an item has all given values, in the order of the catalogue', () => {
	const item = { role: 'User', attendance_code: GUID, email: 'a@x.example', surname: 'L' };
	expect(Object.entries(inputOf(item))).toEqual([
		['email', 'a@x.example'],
		['surname', 'L'],
		['role', 'u'],
		['attendance_code', GUID],
	]);
});

it('reports the issues of the session, the join link and the fields together', () => {
	const built = build(
		{ email: 'x' },
		{ issues: ['Session is empty'], joinUrl: { issue: "The option 'Join URL' is odd" } },
	);
	expect(built).toMatchObject({
		input: { email: 'x' },
		refused: {
			source: 'check',
			details: [
				'Session is empty',
				"The option 'Join URL' is odd",
				expect.stringMatching(/^Email must be/) as string,
				expect.stringMatching(/^First Name is missing/) as string,
				expect.stringMatching(/^Last Name is missing/) as string,
			],
		},
	});
});

it('mapping the input of an item again gives the same input and request, for any values', () => {
	const value = fc.oneof(
		fc.string(),
		fc.constantFrom('a@x.example', GUID, 'Instructor', 'u', '', null, ' '),
		fc.integer(),
		fc.boolean(),
		fc.array(fc.string()),
		fc.dictionary(fc.string(), fc.string()),
	);
	const ids = ATTENDEE_CATALOGUE.fields.map(({ id }) => id);
	const item = fc.dictionary(fc.constantFrom(...ids), value);
	fc.assert(
		fc.property(item, (given) => {
			const once = inputOf(given as IDataObject);
			expect(inputOf(once)).toEqual(once);
			const [first, second] = [build(given as IDataObject), build(once)];
			expect(isDraft(second)).toBe(isDraft(first));
			if (isDraft(first) && isDraft(second)) expect(second.request).toEqual(first.request);
		}),
		{ numRuns: 500 },
	);
});
