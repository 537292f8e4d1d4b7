import { readFileSync } from 'node:fs';
import path from 'node:path';

import { type Workflow, nodeNamed } from '../n8n/execution';
import { SAMPLE_UNKNOWN_GUID } from '../perculus-server';

/** A row of the example, as a person would fill it in. */
export interface SessionRow {
	[field: string]: string | number | undefined;
	session_guid?: string;
	/** Not a field of Perculus: the workflow's next nodes use it. */
	teacher: string;
}

/** The names of the example's nodes that the demo reads or fills in. */
export const NODES = {
	start: 'Start',
	rows: 'Session requests',
	perculus: 'Perculus',
	approved: 'Tell the teacher',
	rejected: 'Ask for a correction',
} as const;

/** A credential, as nodes refer to it. */
export interface Credential {
	id: string;
	name: string;
}

/**
 * The sample of the vendor's documentation with a start in the future: a create, a create in the past, an update of an
 * existing session, and an update of an unknown one.
 */
export function sampleRows(existingGuid: string, now = new Date()): SessionRow[] {
	const course = { timezone: 'Europe/Istanbul', duration: 120, lang: 'tr-TR' };
	const start = `${dayFrom(now, 30)} 12:00`;
	return [
		{ name: 'CS201', start_date: start, ...course, teacher: 'ada@example.com' },
		{ name: 'TR102', start_date: '2020-08-05 14:00', ...course, teacher: 'grace@example.com' },
		{ session_guid: existingGuid, duration: 100, teacher: 'alan@example.com' },
		{ session_guid: SAMPLE_UNKNOWN_GUID, duration: 100, teacher: 'mary@example.com' },
	];
}

/**
 * The same rows; each without a GUID has a reference, so that sending it again updates its session.
 *
 * @param mark keeps the references of two demos apart
 */
export function withReferences(rows: SessionRow[], mark: string): SessionRow[] {
	return rows.map((row, index) =>
		row.session_guid === undefined
			? { session_reference: `booking-${mark}-${index + 1}`, ...row }
			: row,
	);
}

/** The day so many days from now, e.g. "2027-03-05". */
export function dayFrom(now: Date, days: number): string {
	return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/** The example workflow with rows and a credential filled in. */
export function exampleWorkflow(rows: SessionRow[], credential: Credential): Workflow {
	const workflow = readWorkflow('workflow.json', credential);
	nodeNamed(workflow, NODES.rows).parameters.jsCode = codeFor(rows);
	return workflow;
}

/** A workflow that asks who attended a session. */
export function attendanceWorkflow(sessionGuid: string, credential: Credential): Workflow {
	const workflow = readWorkflow('attendance.json', credential);
	const session = { __rl: true, mode: 'guid', value: sessionGuid };
	nodeNamed(workflow, NODES.perculus).parameters.session = session;
	return workflow;
}

function readWorkflow(file: string, { id, name }: Credential): Workflow {
	const workflow = JSON.parse(readFileSync(path.join(__dirname, file), 'utf8')) as Workflow;
	nodeNamed(workflow, NODES.perculus).credentials = { perculusApi: { id, name } };
	return workflow;
}

/** The rows as code that a person can read and change in the editor. */
export function codeFor(rows: SessionRow[]): string {
	const list = JSON.stringify(rows, null, 2).replace(/^(\s*)"(\w+)":/gm, '$1$2:');
	return `// One row for each session, as a form, a spreadsheet or a CRM would deliver them.
// A row with a session_guid changes that session; a row without one creates a session.
// With a session_reference, a row creates its session once, and changes it from then on.
return ${list};
`;
}
