import type { SessionInput } from './sessionItem';
import type { Preload } from './session';

/** Documented: the GUIDs of the vendor's sample. */
export const SAMPLE_STORED_GUID = '61E3D504-13EE-447F-9B36-6686C5C39FEB';
export const SAMPLE_UNKNOWN_GUID = '8293D504-13EE-447F-9B36-6686C5C39FEB';
export const SAMPLE_USER_GUID = '44EF7B95-81B0-419D-BB0D-DFBD545F6008';
/** The last twelve digits are made up: the notes' copies break off before them. */
export const SAMPLE_CREATED_GUID = '1B27EB7F-6ECD-42B1-8CEC-000000000001';

/** Documented: the moment at which the sample was taken, to the microsecond. */
export const SAMPLE_CLOCK = '2025-02-06T16:07:35.488565+03:00';

/** The session that the sample updates, as it stood before (its former duration is made up). */
export const SAMPLE_STORED: Preload = {
	session_guid: SAMPLE_STORED_GUID,
	name: 'Web Development 101',
	description: 'The technologies used on the web',
	start_date: '2025-08-05T12:00:00+03:00',
	duration: 60,
	lang: 'en-US',
};

/** The sample's four items: create, create in the past, update, update of an unknown session. */
export const SAMPLE_REQUEST: SessionInput[] = [
	{
		name: 'CS201',
		description: 'The technologies used on the web',
		start_date: '2025-08-05T12:00:00Z',
		duration: 120,
		lang: 'en-US',
	},
	{
		name: 'TR102',
		start_date: '2020-08-05T14:00:00Z',
		duration: 120,
		lang: 'tr-TR',
		options: { allow_rating: false },
	},
	{ session_guid: SAMPLE_STORED_GUID, duration: 100 },
	{ session_guid: SAMPLE_UNKNOWN_GUID, duration: 100 },
];
