import {
	FIELD_GROUPS,
	labelOf,
	SESSION_FIELDS,
} from '../../../../nodes/Perculus/resources/session/fields';
import { aliasOf } from '../../../../nodes/Perculus/batch/read/aliases';

/** Every key of the API's documents and samples: the session, its options, and the two objects in them. */
const SESSION = `session_guid name start_date duration timezone lang description tags allow_recording
	inaccessible_replay`;
const OPTIONS = `allow_rating preparation_time session_duration allow_users_stream_self_cam_mic hide_user_streams
	enable_attendance_check enable_simultaneous_interpretation enable_simultaneous_interpretation_for_users
	start_active return_url allow_reactions enable_recording_auto_start enable_recording_auto_start_default
	skip_approval_on_join enable_session_auto_start enable_session_auto_finish`;
const CHAT = `offMessageModule offGeneralMsging offGeneralMsgLimitForUser offSpecialMsging offSpecialMsgToAdmin
	offSpecialMsgToUser offNewMsgSound offClearForReplay onNewMsgSoundInAll onNewMsgNotifyInAll`;
const DURATION = 'allowExtendTime useRemainingTime';

const under = (prefix: string, keys: string) => keys.split(/\s+/).map((key) => prefix + key);
/** As `spelling.ts` folds keys: letters and digits alone, small. */
const folded = (key: string) => key.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

describe('the catalogue', () => {
	it('has every field that the API documents, and the time of day that is ours', () => {
		const documented = [
			...under('', SESSION),
			...under('options.', OPTIONS),
			...under('options.chat.', CHAT),
			...under('options.duration.', DURATION),
		];
		expect(SESSION_FIELDS.map(({ id }) => id).sort()).toEqual([...documented, 'start_time'].sort());
	});

	it('knows the objects that hold the options, outer ones first', () => {
		expect(FIELD_GROUPS).toEqual(['options', 'options.chat', 'options.duration']);
	});

	it('names each field once', () => {
		expect(new Set(SESSION_FIELDS.map(({ id }) => id)).size).toBe(SESSION_FIELDS.length);
		expect(new Set(SESSION_FIELDS.map(({ label }) => label)).size).toBe(SESSION_FIELDS.length);
	});

	it('has no key that could mean two fields', () => {
		const owners = new Map<string, string>();
		for (const { id, label, aliases = [] } of SESSION_FIELDS) {
			for (const name of [id, label, ...aliases].map(folded)) {
				expect([name, owners.get(name) ?? id]).toEqual([name, id]);
				owners.set(name, id);
			}
		}
	});

	it('gives every number its bounds, which fit an integer of the API', () => {
		for (const { id, kind, range } of SESSION_FIELDS) {
			expect([id, kind === 'wholeNumber']).toEqual([id, range !== undefined]);
			expect(range?.max ?? 0).toBeLessThan(2 ** 31);
		}
	});

	it('says the id where it has no label', () => {
		expect(labelOf('start_date')).toBe('Start Date');
		expect(labelOf('start_end')).toBe('start_end');
	});
});

describe('a key of an item', () => {
	it('names a field by id and by label', () => {
		for (const { id, label } of SESSION_FIELDS) {
			expect(aliasOf(id)).toEqual({ field: id, rank: 0 });
			expect(aliasOf(label)).toEqual({ field: id, rank: 1 });
		}
	});

	it.each([
		['startDate', 'start_date'],
		['START DATE', 'start_date'],
		[' Start-Date: ', 'start_date'],
		['Start date', 'start_date'],
		['Start', 'start_date'],
		['Ｓｔａｒｔ Date', 'start_date'],
		['Timezone', 'timezone'],
		['time_zone', 'timezone'],
		['sessionGuid', 'session_guid'],
		['Session name', 'name'],
		['Duration (minutes)', 'duration'],
		['duration min', 'duration'],
		['options.allowRating', 'options.allow_rating'],
		['options.chat.off_message_module', 'options.chat.offMessageModule'],
	])('names a field by a usual spelling: %j', (key, field) => {
		expect(aliasOf(key)).toEqual({ field, rank: 2 });
	});

	it.each([
		'',
		'_',
		'📅',
		'id',
		'date',
		// A teacher's 'Dr' is no name of a session.
		'title',
		'status',
		'outcome',
		'warnings',
		'input',
		'creation_date',
		'replay_status',
		'session_duration',
		'Session Duration',
		'__proto__',
		'constructor',
		'toString',
		`name${' '.repeat(1e6)}`,
	])('names none: %j', (key) => expect(aliasOf(key)).toBeUndefined());
});
