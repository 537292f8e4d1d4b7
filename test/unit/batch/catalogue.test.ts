import { RANK } from '../../../nodes/Perculus/batch/catalogue';
import { SESSION_CATALOGUE, SESSION_FIELDS } from '../../../nodes/Perculus/session/fields';

const { namedBy } = SESSION_CATALOGUE;

describe('Keys of an item', () => {
	it('a key names a field by id and by label', () => {
		for (const { id, label } of SESSION_FIELDS) {
			// A general heading comes after all others.
			const general = id === 'name' ? RANK.GENERAL : 0;
			expect(namedBy(id)).toEqual({ field: id, rank: general });
			expect(namedBy(label)).toEqual({ field: id, rank: general + 1 });
		}
	});

	it.each([
		['startDate', 'start_date'],
		['START TİME', 'start_time'],
		['duratıon', 'duration'],
		['START DATE', 'start_date'],
		[' Start-Date: ', 'start_date'],
		['Start date', 'start_date'],
		['Ｓｔａｒｔ Date', 'start_date'],
		['Timezone', 'timezone'],
		['time_zone', 'timezone'],
		['sessionGuid', 'session_guid'],
		['Duration', 'duration'],
		['Duration (minutes)', 'duration'],
		['options.allowRating', 'options.allow_rating'],
		['options.chat.off_message_module', 'options.chat.offMessageModule'],
	])('a key names a field by a usual spelling: %j', (key, field) => {
		expect(namedBy(key)).toEqual({ field, rank: 2 });
	});

	it.each([
		['Start', 'start_date'],
		['Starts At', 'start_date'],
		['Session name', 'name'],
		['duration min', 'duration'],
		['GUID', 'session_guid'],
		['guid', 'session_guid'],
		['Guid', 'session_guid'],
		['Session ID', 'session_guid'],
		['session id', 'session_guid'],
		['session_id', 'session_guid'],
		['sessionId', 'session_guid'],
		['SESSION-ID', 'session_guid'],
		['SessionID', 'session_guid'],
	])('a key names a field by an alias: %j', (key, field) => {
		expect(namedBy(key)).toEqual({ field, rank: 3 });
	});

	it.each([
		'',
		'_',
		'📅',
		'id',
		'date',
		// It may be a teacher's 'Dr'.
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
	])('the key %j names no field', (key) => expect(namedBy(key)).toBeUndefined());
});
