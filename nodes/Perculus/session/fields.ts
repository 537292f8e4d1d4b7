import { type Catalogue, catalogueOf, type Field } from '../batch/catalogue';
import type { Noun } from '../batch/types';

type SessionField = Field;
export type FieldKind = Field['kind'];

/** Of a session. */
export const LENGTH = { min: 5, max: 360, unit: 'minutes' } as const;
/** At most a year: the API documents no bound, but a number too large for it would sink the whole request. */
const MINUTES = { min: 0, max: 525_600, unit: 'minutes' } as const;

/** @param aliases labels that it had before; columns may be named so */
const yesNo = (id: string, label: string, ...aliases: string[]): SessionField => ({
	id,
	label,
	kind: 'yesNo',
	...(aliases.length > 0 && { aliases }),
});

/** Languages that the API's documents name; others can be given by an expression. */
const LANGUAGES = [
	{ name: 'Arabic', value: 'ar-SA' },
	{ name: 'English', value: 'en-US' },
	{ name: 'Turkish', value: 'tr-TR' },
];

/**
 * The one catalogue of session fields. The mapper, auto-mapping, validation, conversion and the request
 * all read it: a new field of the API is one new row here.
 *
 * Source: the API's "Create Session Object", "Session Options Object" and the sample of
 * "Creating and Updating Sessions".
 */
export const SESSION_FIELDS: readonly SessionField[] = [
	{
		id: 'session_guid',
		label: 'Session GUID',
		kind: 'guid',
		visible: true,
		hiddenFor: 'create',
		aliases: ['guid', 'session id'],
		view: 'simple',
	},
	{
		id: 'session_reference',
		label: 'Session Reference',
		kind: 'reference',
		visible: true,
		isVirtual: true,
		reportIfEmpty: true,
		view: 'simple',
	},
	{
		id: 'name',
		label: 'Name',
		kind: 'name',
		visible: true,
		required: true,
		aliases: ['session name'],
		general: true,
		view: 'simple',
	},
	{
		id: 'start_date',
		label: 'Start Date',
		kind: 'start',
		visible: true,
		required: true,
		aliases: ['start', 'starts at'],
		view: 'simple',
	},
	{ id: 'start_time', label: 'Start Time', kind: 'time', visible: true },
	{
		id: 'duration',
		label: 'Duration (Minutes)',
		kind: 'wholeNumber',
		range: LENGTH,
		visible: true,
		required: true,
		aliases: ['duration (min)'],
		view: 'simple',
	},
	{
		id: 'end_date',
		label: 'End Date',
		kind: 'end',
		isVirtual: true,
		aliases: ['end', 'end time', 'ends at'],
		timeHeading: 'end time',
	},
	{
		id: 'timezone',
		label: 'Time Zone',
		kind: 'zone',
		visible: true,
		view: 'simple',
		shownBehind: 'start_date',
	},
	{
		id: 'lang',
		label: 'Language',
		kind: 'language',
		choices: LANGUAGES,
		visible: true,
		view: 'simple',
	},
	{ id: 'description', label: 'Description', kind: 'text', view: 'full' },
	{ id: 'tags', label: 'Tags', kind: 'tags', view: 'full' },
	yesNo('allow_recording', 'Allow Recording'),
	yesNo('inaccessible_replay', 'Hide Replay'),
	yesNo('options.allow_rating', 'Ask for a Rating'),
	{
		id: 'options.preparation_time',
		label: 'Early Entry (Minutes)',
		kind: 'wholeNumber',
		range: MINUTES,
	},
	{
		id: 'options.session_duration',
		// Perculus keeps it as it was, while the duration changes when a session ends early.
		label: 'Planned Duration (Minutes)',
		kind: 'wholeNumber',
		range: MINUTES,
		aliases: ['originally planned (minutes)', 'planned length (minutes)'],
		echo: true,
	},
	yesNo('options.chat.offMessageModule', 'Turn Off Chat', 'chat: off'),
	yesNo('options.chat.offGeneralMsging', 'Turn Off Public Messages', 'chat: no public messages'),
	yesNo(
		'options.chat.offGeneralMsgLimitForUser',
		'Turn Off Message Limit',
		'chat: no message limit',
	),
	yesNo('options.chat.offSpecialMsging', 'Turn Off Private Messages', 'chat: no private messages'),
	yesNo(
		'options.chat.offSpecialMsgToAdmin',
		'Turn Off Messages to Admins',
		'turn off private to admins',
		'chat: no private to admins',
	),
	yesNo(
		'options.chat.offSpecialMsgToUser',
		'Turn Off Messages to Users',
		'turn off private to users',
		'chat: no private to users',
	),
	yesNo('options.chat.offNewMsgSound', 'Turn Off Chat Sound', 'chat: no sound'),
	yesNo('options.chat.offClearForReplay', 'Keep Chat for Replay', 'chat: no clearing for replay'),
	yesNo('options.chat.onNewMsgSoundInAll', 'Chat Sound for Everybody'),
	yesNo('options.chat.onNewMsgNotifyInAll', 'Chat Alert for Everybody', 'chat: notify everybody'),
	yesNo('options.duration.allowExtendTime', 'Allow Extending the Time', 'time: allow extending'),
	yesNo('options.duration.useRemainingTime', 'Use Remaining Time', 'time: use remaining time'),
	yesNo(
		'options.allow_users_stream_self_cam_mic',
		'Allow Camera and Microphone',
		'participants on camera',
	),
	yesNo('options.hide_user_streams', 'Hide Participants From Others', 'hide participant streams'),
	yesNo('options.enable_attendance_check', 'Check Attendance'),
	yesNo('options.enable_simultaneous_interpretation', 'Simultaneous Interpretation'),
	yesNo('options.enable_simultaneous_interpretation_for_users', 'Interpretation for Everybody'),
	yesNo('options.start_active', 'Skip the Lobby'),
	{ id: 'options.return_url', label: 'Page After Session (URL)', kind: 'url' },
	yesNo('options.allow_reactions', 'Allow Reactions'),
	// The documents and the answers name this option differently, and which of the two is read is not
	// documented: each can be set, and is sent under its own name.
	yesNo('options.enable_recording_auto_start', 'Auto-Start Recording'),
	yesNo(
		'options.enable_recording_auto_start_default',
		'Auto-Record (Alternative)',
		'auto-start recording (2nd)',
		'auto-start recording default',
	),
	yesNo('options.skip_approval_on_join', 'Join Without Approval'),
	yesNo('options.enable_session_auto_start', 'Auto-Start Session'),
	yesNo('options.enable_session_auto_finish', 'Auto-Finish Session'),
];

/** The fields as mapper, reading and checks ask for them. A session that the API answered says when it was made. */
const sessionCatalogue = (fields: readonly SessionField[]): Catalogue =>
	catalogueOf(
		'session',
		fields,
		({ creation_date, session_guid }) =>
			typeof creation_date === 'string' && typeof session_guid === 'string',
		{
			simple: ['status'],
			full: ['replay_status', 'options', 'creation_date', 'updating_date'],
			hidden: ['the_guid', 'ui_options'],
		},
		// Of an attendee, the name is a person's.
		({ outcome, attendance_code, session_guid }) =>
			outcome === 'saved' ||
			outcome === 'would_save' ||
			(typeof attendance_code === 'string' && typeof session_guid === 'string'),
	);

export const SESSION_CATALOGUE = sessionCatalogue(SESSION_FIELDS);

export const SESSION_NOUN: Noun = { one: 'session', many: 'sessions' };
