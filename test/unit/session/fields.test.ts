import { SESSION_CATALOGUE, SESSION_FIELDS } from '../../../nodes/Perculus/session/fields';

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
/** As the catalogue folds keys: only letters and digits, in lower case. */
const folded = (key: string) => key.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

describe('Catalogue of session fields', () => {
	it('the catalogue has every documented field, and our start time, end and reference', () => {
		const documented = [
			...under('', SESSION),
			...under('options.', OPTIONS),
			...under('options.chat.', CHAT),
			...under('options.duration.', DURATION),
		];
		expect(SESSION_FIELDS.map(({ id }) => id).sort()).toEqual(
			[...documented, 'start_time', 'end_date', 'session_reference'].sort(),
		);
	});

	it('the catalogue lists the objects that hold options, outer ones first', () => {
		expect(SESSION_CATALOGUE.groups).toEqual(['options', 'options.chat', 'options.duration']);
	});

	it('each id and each label occurs once', () => {
		expect(new Set(SESSION_FIELDS.map(({ id }) => id)).size).toBe(SESSION_FIELDS.length);
		expect(new Set(SESSION_FIELDS.map(({ label }) => label)).size).toBe(SESSION_FIELDS.length);
	});

	it('each label is short enough for the panel', () => {
		for (const { label } of SESSION_FIELDS)
			expect([label, label.length > 29]).toEqual([label, false]);
	});

	it('no key refers to two fields', () => {
		const owners = new Map<string, string>();
		for (const { id, label, aliases = [] } of SESSION_FIELDS) {
			for (const name of [id, label, ...aliases].map(folded)) {
				expect([name, owners.get(name) ?? id]).toEqual([name, id]);
				owners.set(name, id);
			}
		}
	});

	it('every number field has a range that fits an integer of the API', () => {
		for (const { id, kind, range } of SESSION_FIELDS) {
			expect([id, kind === 'wholeNumber']).toEqual([id, range !== undefined]);
			expect(range?.max ?? 0).toBeLessThan(2 ** 31);
		}
	});

	it('the label of an unknown id is the id', () => {
		const { labelOf } = SESSION_CATALOGUE;
		expect(labelOf('start_date')).toBe('Start Date');
		expect(labelOf('start_end')).toBe('start_end');
	});
});
