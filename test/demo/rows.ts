import { SAMPLE_UNKNOWN_GUID } from '../perculus-server';

/** A row of the example, as a person would fill it in. */
export interface SessionRow {
	session_guid?: string;
	session_reference?: string;
	name?: string;
	description?: string;
	start_date?: string;
	timezone?: string;
	duration: number;
	lang?: string;
	/** Not a field of Perculus: the workflow's next nodes use it. */
	teacher: string;
}

const DAY_MILLISECONDS = 86_400_000;

/**
 * The sample of the vendor's documentation with a start that lies ahead today: a create that is
 * fine, a create in the past, an update of an existing session, an update of an unknown one.
 */
export function sampleRows(existingGuid: string, now = new Date()): SessionRow[] {
	const timezone = 'Europe/Istanbul';
	return [
		{
			name: 'CS201',
			description: 'The technologies used on the web',
			start_date: `${dayFrom(now, 30)} 12:00`,
			timezone,
			duration: 120,
			lang: 'en-US',
			teacher: 'ada@example.com',
		},
		{
			name: 'TR102',
			start_date: '2020-08-05 14:00',
			timezone,
			duration: 120,
			lang: 'tr-TR',
			teacher: 'grace@example.com',
		},
		{ session_guid: existingGuid, duration: 100, teacher: 'alan@example.com' },
		{ session_guid: SAMPLE_UNKNOWN_GUID, duration: 100, teacher: 'mary@example.com' },
	];
}

/**
 * The same rows, each that names no session with a reference of its own: however often they are sent, there is one
 * session for each.
 *
 * @param mark tells this demo's references from those of any other
 */
export function withReferences(rows: SessionRow[], mark: string): SessionRow[] {
	return rows.map((row, index) =>
		row.session_guid === undefined
			? { session_reference: `booking-${mark}-${index + 1}`, ...row }
			: row,
	);
}

/** The day so many days from now, as people write it: "2027-03-05". */
export function dayFrom(now: Date, days: number): string {
	return new Date(now.getTime() + days * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

/** One row in a few words. */
export function describeRow(row: SessionRow): string {
	const { session_guid: guid, name, start_date: start, duration } = row;
	return guid === undefined
		? `New session ${name ?? ''}, ${start ?? ''}`
		: `Change session ${guid.slice(0, 8)}… to ${duration} minutes`;
}
