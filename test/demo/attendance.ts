import { type Execution, outputOf } from '../n8n/execution';
import type { Workflow } from '../n8n/workflow';
import { NODES } from './example';
import { renderTable } from './table';

/** What the local account's session must show: Ada came for the whole hour, Bob twice, Eve never. */
const EXPECTED = [
	'ada@school.example yes 60',
	'bob@school.example yes 20',
	'eve@school.example no 0',
];

/** A workflow that asks who attended a session. */
export function attendanceWorkflow(
	sessionGuid: string,
	{ id, name }: { id: string; name: string },
): Workflow {
	return {
		name: 'Perculus: who attended',
		nodes: [
			{
				id: 'f2a6c1de-0101-4c0e-9a51-5d0a3c1b7e01',
				name: NODES.start,
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'f2a6c1de-0102-4c0e-9a51-5d0a3c1b7e02',
				name: NODES.perculus,
				type: 'n8n-nodes-perculus.perculus',
				typeVersion: 1,
				position: [220, 0],
				parameters: {
					resource: 'attendee',
					operation: 'getAttendance',
					session: { __rl: true, mode: 'guid', value: sessionGuid },
					include: 'all',
					options: {},
				},
				credentials: { perculusApi: { id, name } },
			},
		],
		connections: {
			[NODES.start]: { main: [[{ node: NODES.perculus, type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}

/** Email address, whether the person attended, and minutes. */
function readPeople(execution: Execution): string[][] {
	return outputOf(execution, NODES.perculus).map(({ json }) => [
		String(json.email),
		json.attended === true ? 'yes' : 'no',
		String(Number(json.attended_seconds) / 60),
	]);
}

export const renderPeople = (execution: Execution): string =>
	renderTable(['Email', 'Attended', 'Minutes'], readPeople(execution));

/** What differs from the expected result; empty if nothing does. */
export function findOtherPeople(execution: Execution): string[] {
	const found = readPeople(execution)
		.map((person) => person.join(' '))
		.sort();
	return found.join() === EXPECTED.join()
		? []
		: [`attendance: expected ${EXPECTED.join(', ')}; found ${found.join(', ') || 'nobody'}.`];
}
