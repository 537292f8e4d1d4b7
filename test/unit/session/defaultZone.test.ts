import { isDraft, type BuildResult } from '../../../nodes/Perculus/batch/types';
import type { FieldRecord } from '../../../nodes/Perculus/batch/catalogue';
import type { SessionDraft } from '../../../nodes/Perculus/session/draft';
import { buildItem, issuesOf, toInput, unsent, type BuildSettings } from './building';

const GUID = '1B27EB7F-0000-4000-8000-00000000000A';
const GOOD = { name: 'Algebra', start_date: '2027-08-05 14:00', duration: 60 };
const TOKYO: BuildSettings = {
	operation: 'upsert',
	workflowZone: 'America/New_York',
	defaultZone: { value: 'Asia/Tokyo' },
	startDateEncoding: 'wallClock',
};
const ISSUE = "The parameter 'Default Time Zone' must be an IANA name; it is 'Mars'";
const BAD: BuildSettings = { ...TOKYO, defaultZone: { issue: ISSUE } };

const build = (record: FieldRecord, settings = TOKYO) =>
	buildItem({ record, issues: [] }, settings);
const sent = (built: BuildResult<SessionDraft>) =>
	isDraft(built) ? built.request : issuesOf(built);

describe('Default Time Zone', () => {
	it.each<[string, FieldRecord, object]>([
		[
			'a new session with a local time',
			GOOD,
			{ ...GOOD, start_date: '2027-08-05T14:00:00Z', timezone: 'Asia/Tokyo' },
		],
		[
			'a new session with an instant',
			{ ...GOOD, start_date: '2027-08-05T14:00:00Z' },
			{ ...GOOD, start_date: '2027-08-05T23:00:00Z', timezone: 'Asia/Tokyo' },
		],
		[
			'an update with a local time',
			{ session_guid: GUID, start_date: '2027-08-05 14:00' },
			{ session_guid: GUID, start_date: '2027-08-05T14:00:00Z', timezone: 'Asia/Tokyo' },
		],
		[
			'an update with an instant',
			{ session_guid: GUID, start_date: '2027-08-05T14:00:00Z' },
			{ session_guid: GUID, start_date: '2027-08-05T23:00:00Z', timezone: 'Asia/Tokyo' },
		],
	])('a default time zone works like a zone in the item: %s', (_what, record, request) => {
		const built = build(record);
		expect(sent(built)).toEqual(request);
		expect(sent(build({ ...record, timezone: 'Asia/Tokyo' }, BAD))).toEqual(request);
		// It was chosen, so there is no guess to report.
		expect(built).not.toHaveProperty('start.assumedZone');
		expect(toInput(built)).toHaveProperty('timezone', 'Asia/Tokyo');
	});

	it.each<[string, FieldRecord, object]>([
		[
			'if the item names a zone',
			{ ...GOOD, timezone: 'Europe/Berlin' },
			{ ...GOOD, start_date: '2027-08-05T14:00:00Z', timezone: 'Europe/Berlin' },
		],
		['without a start', { session_guid: GUID, duration: 60 }, { session_guid: GUID, duration: 60 }],
	])('the default time zone is not sent %s', (_what, record, request) => {
		expect(sent(build(record))).toEqual(request);
		expect(sent(build(record, BAD))).toEqual(request);
	});

	it('clock changes and midnight are checked in the default time zone', () => {
		const berlin = { ...TOKYO, defaultZone: { value: 'Europe/Berlin' } };
		const skipped = { session_guid: GUID, start_date: '2027-03-28 02:30' };
		expect(sent(build(skipped, berlin))).toEqual([
			expect.stringContaining("doesn't exist in Europe/Berlin"),
		]);
		const midnight = { ...GOOD, start_date: '2027-08-04T15:00:00Z', start_time: '14:00' };
		expect(sent(build(midnight))).toHaveProperty('start_date', '2027-08-05T14:00:00Z');
	});
});

describe('Invalid Default Time Zone', () => {
	it.each<[string, FieldRecord]>([
		['a new session', GOOD],
		['an update that sets a start', { session_guid: GUID, start_date: '2027-03-28 02:30' }],
	])(
		'an invalid default time zone is reported on items that need it, with the date as given: %s',
		(_what, record) => {
			const built = build(record, BAD);
			expect(built).toEqual(unsent(0, record, [ISSUE]));
		},
	);

	it('an invalid default time zone is reported only if the item has no zone of its own', () => {
		const own = build({ ...GOOD, timezone: 'BST' }, BAD);
		expect(sent(own)).toEqual([expect.stringMatching(/^Time Zone must be/)]);
		expect(sent(build({ ...GOOD, start_date: 'tomorrow' }, BAD))).toEqual([
			ISSUE,
			expect.stringMatching(/^Start Date must be/),
		]);
	});
});

it("without a default time zone, a create assumes the workflow's zone and an update sends none", () => {
	const { defaultZone: _, ...none } = TOKYO;
	const built = build(GOOD, none);
	expect(sent(built)).toHaveProperty('timezone', 'America/New_York');
	expect(built).toHaveProperty('start.assumedZone', true);
	const update = build({ session_guid: GUID, start_date: '2027-08-05 14:00' }, none);
	expect(sent(update)).not.toHaveProperty('timezone');
});
