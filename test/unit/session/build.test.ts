import type { FieldRecord } from '../../../nodes/Perculus/batch/catalogue';
import { buildItem, type BuildSettings } from './building';

const GUID = '1B27EB7F-0000-4000-8000-00000000000A';
const SETTINGS: BuildSettings = {
	operation: 'upsert',
	workflowZone: 'America/New_York',
	startDateEncoding: 'wallClock',
};
const GOOD = { name: 'Algebra', start_date: '2027-03-05 14:00', duration: 60 };

const build = (record: FieldRecord, more: Partial<BuildSettings> = {}) =>
	buildItem({ record, issues: [] }, { ...SETTINGS, ...more }, 3);

describe('Building a session', () => {
	it('sends the local time with its zone, and no field that was not given', () => {
		expect(build(GOOD)).toMatchObject({
			index: 3,
			guid: undefined,
			request: {
				name: 'Algebra',
				start_date: '2027-03-05T14:00:00Z',
				duration: 60,
				timezone: 'America/New_York',
			},
			start: {
				clock: '2027-03-05T14:00:00',
				zone: 'America/New_York',
				instant: Date.parse('2027-03-05T19:00:00Z'),
				assumedZone: true,
			},
			warnings: [],
		});
	});

	it("sends the start of the vendor's sample at its instant", () => {
		const record = { ...GOOD, start_date: '2027-08-05T12:00:00Z', timezone: 'Europe/Istanbul' };
		expect(build(record)).toHaveProperty('request.start_date', '2027-08-05T15:00:00Z');
		expect(build(record, { startDateEncoding: 'offset' })).toHaveProperty(
			'request.start_date',
			'2027-08-05T15:00:00+03:00',
		);
	});

	it('builds an update from a GUID and one value', () => {
		expect(build({ session_guid: GUID, duration: '100' })).toMatchObject({
			index: 3,
			guid: GUID.toLowerCase(),
			request: { session_guid: GUID, duration: 100 },
			start: undefined,
			warnings: [],
		});
	});

	it('sends no zone for an update with a local time', () => {
		const built = build({ session_guid: GUID, start_date: '2027-03-05 14:00' });
		expect(built).toHaveProperty('request', {
			session_guid: GUID,
			start_date: '2027-03-05T14:00:00Z',
		});
	});

	it('Create sends no GUID', () => {
		for (const guid of [GUID, 'abc', '', 5]) {
			const built = build({ ...GOOD, session_guid: guid }, { operation: 'create' });
			expect(built).not.toHaveProperty('request.session_guid');
			expect(built).toHaveProperty('guid', undefined);
		}
	});

	it('nests options and omits empty values', () => {
		const record = {
			...GOOD,
			description: '  ',
			tags: [],
			lang: null,
			session_guid: '',
			'options.chat.offMessageModule': 'yes',
			'options.duration.allowExtendTime': 0,
			'options.preparation_time': '15',
			'options.return_url': '',
		};
		expect(build(record)).toHaveProperty('request', {
			...GOOD,
			start_date: '2027-03-05T14:00:00Z',
			timezone: 'America/New_York',
			options: {
				chat: { offMessageModule: true },
				duration: { allowExtendTime: false },
				preparation_time: 15,
			},
		});
	});

	it('omits tags that are only semicolons', () => {
		expect(build({ ...GOOD, tags: ' ; ' })).not.toHaveProperty('request.tags');
	});

	it('ignores tags that are only commas beside a reference', () => {
		const record = { session_guid: GUID, session_reference: 'a', duration: 60, tags: ' ,, ' };
		expect(build(record)).toHaveProperty('request', { session_guid: GUID, duration: 60 });
		const { session_guid: _, ...fresh } = { ...GOOD, ...record };
		expect(build(fresh)).toHaveProperty('request.tags', 'ref:a');
	});

	it('warns about a local time that comes twice', () => {
		const record = { ...GOOD, start_date: '2027-10-31 02:30', timezone: 'Europe/Berlin' };
		expect(build(record)).toHaveProperty('warnings', [expect.stringMatching(/comes twice/)]);
	});

	it('the request stays the same as JSON, also with quotes, emoji and -0', () => {
		const record = { ...GOOD, name: '"\\\n\u2028👩‍🏫', 'options.preparation_time': -0 };
		const built = build(record);
		const request = 'request' in built ? built.request : undefined;
		expect(JSON.parse(JSON.stringify(request))).toStrictEqual(request);
	});
});
