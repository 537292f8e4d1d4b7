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

/** As an item carries it when it comes back. */
const inputOf = (item: IDataObject): IDataObject => build(item).input;

describe('what is sent', () => {
	it.each<[string, IDataObject, IDataObject]>([
		[
			'an address with its names',
			{ surname: 'L', name: 'Ada', email: ' a@x.example ' },
			{ surname: 'L', name: 'Ada', email: 'a@x.example' },
		],
		['a user alone', { user_guid: `{${GUID}}` }, { user_guid: GUID }],
		[
			'a user with values',
			{ user_guid: GUID, email: 'a@x.example', role: 'Admin' },
			{ user_guid: GUID, email: 'a@x.example', role: 'a' },
		],
		[
			'a code without what else names a person',
			{ attendance_code: GUID, user_guid: GUID, email: 'a@x.example', name: 'Ada', mobile: 5 },
			{ attendance_code: GUID, name: 'Ada', mobile: '5' },
		],
	])('%s', (_, item, request) => {
		expect(build(item)).toMatchObject({ request });
		expect(Object.keys((build(item) as { request: object }).request).sort()).toEqual(
			Object.keys(request).sort(),
		);
	});
});

it('does not call the columns of its session unused', () => {
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

it('an item that comes back has all that it said, in the catalogue’s order', () => {
	const item = { role: 'User', attendance_code: GUID, email: 'a@x.example', surname: 'L' };
	expect(Object.entries(inputOf(item))).toEqual([
		['email', 'a@x.example'],
		['surname', 'L'],
		['role', 'u'],
		['attendance_code', GUID],
	]);
});

it('what is wrong with the session, with the link and with the fields is told together', () => {
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

it('mapping an item that came back yields the same, whatever it holds', () => {
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
