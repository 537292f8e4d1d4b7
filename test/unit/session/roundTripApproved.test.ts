import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { autoMap } from '../../../nodes/Perculus/batch/autoMap';
import type { BuildResult } from '../../../nodes/Perculus/batch/types';
import { SESSION_CATALOGUE, SESSION_FIELDS } from '../../../nodes/Perculus/session/fields';
import type { SessionDraft } from '../../../nodes/Perculus/session/draft';
import { buildItem, type BuildSettings } from './building';

const aZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));

function read(json: IDataObject, settings: BuildSettings): BuildResult<SessionDraft> {
	return buildItem(autoMap(json, SESSION_CATALOGUE, { isTool: false }), settings);
}

/** As n8n stores an item between two nodes. */
const stored = (json: IDataObject) => JSON.parse(JSON.stringify(json)) as IDataObject;

/** A session as the API returns it: 13 keys, 17 options, some of them null. */
const aView = fc
	.record({
		instant: fc.integer({ min: Date.UTC(2025, 0, 1) / 60_000, max: Date.UTC(2090, 0, 1) / 60_000 }),
		zone: aZone,
		name: fc.string({ minLength: 1, unit: 'grapheme' }).filter((name) => name.trim() !== ''),
		nullable: fc.constantFrom(null, true, false),
		tags: fc.constantFrom(null, '', 'a,b'),
		duration: fc.integer({ min: 5, max: 360 }),
		fraction: fc.constantFrom('', '.0000000'),
	})
	.map(({ instant, zone, nullable, fraction, ...rest }) => {
		const at = instant * 60_000;
		const start = read(
			{ name: 'x', duration: 5, start_date: at, timezone: zone },
			{ operation: 'create', workflowZone: 'UTC', startDateEncoding: 'offset' },
		) as SessionDraft;
		const [date = '', clock = ''] = String(start.request.start_date).split('T');
		const group = (prefix: string) =>
			Object.fromEntries(
				SESSION_FIELDS.filter(({ id }) => id.startsWith(prefix)).map(({ id }) => [
					id.slice(prefix.length),
					false,
				]),
			);
		return {
			...rest,
			session_guid: '1B27EB7F-0000-4000-8000-00000000000A',
			description: null,
			start_date: `${date}T${clock.slice(0, 8)}${fraction}${clock.slice(8)}`,
			timezone: zone,
			lang: 'tr-TR',
			status: 1,
			replay_status: 0,
			creation_date: '2025-02-06T16:07:35.488565+03:00',
			updating_date: '2025-02-06T16:07:35.488565+03:00',
			options: {
				allow_rating: true,
				preparation_time: 15,
				session_duration: 120,
				chat: group('options.chat.'),
				duration: group('options.duration.'),
				allow_users_stream_self_cam_mic: true,
				hide_user_streams: false,
				enable_attendance_check: true,
				enable_simultaneous_interpretation: false,
				enable_simultaneous_interpretation_for_users: false,
				start_active: false,
				return_url: '',
				allow_reactions: true,
				enable_recording_auto_start: nullable,
				skip_approval_on_join: nullable,
				enable_session_auto_start: null,
				enable_session_auto_finish: nullable,
			},
		};
	});

const UPSERT = {
	operation: 'upsert',
	workflowZone: 'Asia/Tokyo',
	dateFormat: { text: 'dd.MM.yyyy HH:mm' },
	startDateEncoding: 'wallClock',
} as const;

describe('Approved items that come back', () => {
	it('an Approved item sent again as an update changes nothing', () => {
		fc.assert(
			fc.property(aView, (view) => {
				expect(Object.keys(view)).toHaveLength(13);
				expect(Object.keys(view.options)).toHaveLength(17);
				const built = read(
					stored({ ...view, outcome: 'created', warnings: ['x'] }),
					UPSERT,
				) as SessionDraft;
				expect(built.guid).toBe(view.session_guid.toLowerCase());
				const { start_date, ...rest } = built.request;
				// Each value that is sent is the stored one.
				expect(view).toMatchObject(rest);
				expect(built.request.options).not.toHaveProperty('session_duration');
				expect(start_date).toBe(`${view.start_date.slice(0, 19)}Z`);
				expect(built.start?.instant).toBe(Date.parse(view.start_date.replace('.0000000', '')));
			}),
			{ numRuns: 200 },
		);
	});

	it('an edited Approved item sends the change, and Create sends no GUID', () => {
		fc.assert(
			fc.property(aView, (view) => {
				const changed = stored({ ...view, duration: 100, 'Allow Reactions': 'no' });
				expect(read(changed, UPSERT)).toMatchObject({
					request: { duration: 100, options: { allow_reactions: false } },
				});
				const created = read(changed, { ...UPSERT, operation: 'create' });
				expect(created).toHaveProperty('guid', undefined);
				expect(created).not.toHaveProperty('request.session_guid');
			}),
			{ numRuns: 50 },
		);
	});
});
