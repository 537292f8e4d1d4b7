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

describe('a default time zone that was chosen', () => {
	it.each<[string, FieldRecord, object]>([
		[
			'a new session with time on the clock',
			GOOD,
			{ ...GOOD, start_date: '2027-08-05T14:00:00Z', timezone: 'Asia/Tokyo' },
		],
		[
			'a new session at an instant',
			{ ...GOOD, start_date: '2027-08-05T14:00:00Z' },
			{ ...GOOD, start_date: '2027-08-05T23:00:00Z', timezone: 'Asia/Tokyo' },
		],
		[
			'an update that sets time on the clock',
			{ session_guid: GUID, start_date: '2027-08-05 14:00' },
			{ session_guid: GUID, start_date: '2027-08-05T14:00:00Z', timezone: 'Asia/Tokyo' },
		],
		[
			'an update that sets an instant',
			{ session_guid: GUID, start_date: '2027-08-05T14:00:00Z' },
			{ session_guid: GUID, start_date: '2027-08-05T23:00:00Z', timezone: 'Asia/Tokyo' },
		],
	])('is as if the item named it: %s', (_what, record, request) => {
		const built = build(record);
		expect(sent(built)).toEqual(request);
		expect(sent(build({ ...record, timezone: 'Asia/Tokyo' }, BAD))).toEqual(request);
		// Chosen, and no guess worth telling.
		expect(built).not.toHaveProperty('start.assumedZone');
		expect(toInput(built)).toHaveProperty('timezone', 'Asia/Tokyo');
	});

	it.each<[string, FieldRecord, object]>([
		[
			'where the item names one',
			{ ...GOOD, timezone: 'Europe/Berlin' },
			{ ...GOOD, start_date: '2027-08-05T14:00:00Z', timezone: 'Europe/Berlin' },
		],
		['without a start', { session_guid: GUID, duration: 60 }, { session_guid: GUID, duration: 60 }],
	])('is not sent %s', (_what, record, request) => {
		expect(sent(build(record))).toEqual(request);
		expect(sent(build(record, BAD))).toEqual(request);
	});

	it('is what the clocks are asked of', () => {
		const berlin = { ...TOKYO, defaultZone: { value: 'Europe/Berlin' } };
		const skipped = { session_guid: GUID, start_date: '2027-03-28 02:30' };
		expect(sent(build(skipped, berlin))).toEqual([
			expect.stringContaining("doesn't exist in Europe/Berlin"),
		]);
		const midnight = { ...GOOD, start_date: '2027-08-04T15:00:00Z', start_time: '14:00' };
		expect(sent(build(midnight))).toHaveProperty('start_date', '2027-08-05T14:00:00Z');
	});
});

describe('a default time zone that is none', () => {
	it.each<[string, FieldRecord]>([
		['a new session', GOOD],
		['an update that sets a start', { session_guid: GUID, start_date: '2027-03-28 02:30' }],
	])('is told on the item that needs it, which keeps its date: %s', (_what, record) => {
		const built = build(record, BAD);
		expect(built).toEqual(unsent(0, record, [ISSUE]));
	});

	it("goes after the item's own", () => {
		const own = build({ ...GOOD, timezone: 'BST' }, BAD);
		expect(sent(own)).toEqual([expect.stringMatching(/^Time Zone must be/)]);
		expect(sent(build({ ...GOOD, start_date: 'tomorrow' }, BAD))).toEqual([
			ISSUE,
			expect.stringMatching(/^Start Date must be/),
		]);
	});
});

it("without a chosen one it is the workflow's, of a new session a guess to be told", () => {
	const { defaultZone: _, ...none } = TOKYO;
	const built = build(GOOD, none);
	expect(sent(built)).toHaveProperty('timezone', 'America/New_York');
	expect(built).toHaveProperty('start.assumedZone', true);
	const update = build({ session_guid: GUID, start_date: '2027-08-05 14:00' }, none);
	expect(sent(update)).not.toHaveProperty('timezone');
});
