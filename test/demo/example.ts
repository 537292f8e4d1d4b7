import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Workflow, nodeNamed } from '../n8n/workflow';
import type { SessionRow } from './rows';

/** The names of the example's nodes that the demo reads or fills in. */
export const NODES = {
	start: 'Start',
	rows: 'Session requests',
	perculus: 'Perculus',
	approved: 'Tell the teacher',
	rejected: 'Ask for a correction',
} as const;

/** The example workflow with rows and a credential filled in. */
export function exampleWorkflow(
	rows: SessionRow[],
	{ id, name }: { id: string; name: string },
): Workflow {
	const file = path.join(__dirname, 'workflow.json');
	const workflow = JSON.parse(readFileSync(file, 'utf8')) as Workflow;
	nodeNamed(workflow, NODES.rows).parameters.jsCode = codeFor(rows);
	nodeNamed(workflow, NODES.perculus).credentials = { perculusApi: { id, name } };
	return workflow;
}

/** The rows as code that a person can read and change in the editor. */
export function codeFor(rows: SessionRow[]): string {
	const list = JSON.stringify(rows, null, 2).replace(/^(\s*)"(\w+)":/gm, '$1$2:');
	return [
		'// One row for each session, as a form, a spreadsheet or a CRM would deliver them.',
		'// A row with a session_guid changes that session; a row without one creates a session.',
		'// With a session_reference, a row creates its session once, and changes it from then on.',
		`return ${list};`,
		'',
	].join('\n');
}
