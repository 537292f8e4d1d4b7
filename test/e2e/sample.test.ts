import { exampleWorkflow, NODES, sampleRows, withReferences } from '../demo/example';
import { findDifferences } from '../demo/result';
import type { N8nClient } from '../n8n/client';
import { type Execution, linkedIndex, outputOf } from '../n8n/execution';
import {
	type PerculusServer,
	SAMPLE_STORED,
	SECRET_KEY,
	bearerToken,
	ACCESS_KEY,
	startPerculusServer,
} from '../perculus-server';
import { connect, credentialFor } from './stage';

describe("The vendor's sample in n8n", () => {
	let perculus: PerculusServer;
	let execution: Execution;
	let rows: ReturnType<typeof sampleRows>;

	beforeAll(async () => {
		const n8n: N8nClient = await connect();
		perculus = await startPerculusServer();
		const stored = perculus.preload({ ...SAMPLE_STORED, start_date: undefined });
		rows = sampleRows(stored.session_guid);
		const credential = await n8n.createCredential(
			'Perculus account',
			'perculusApi',
			credentialFor(perculus),
		);
		const workflow = await n8n.createWorkflow(exampleWorkflow(rows, credential));
		execution = await n8n.runWorkflow(workflow, NODES.start);
	});

	afterAll(async () => {
		await perculus.stop();
	});

	it("the workflow with the vendor's sample runs successfully", () => {
		expect(execution.result.error).toBeUndefined();
		expect(execution.status).toBe('success');
	});

	it('sends the four rows in one request', () => {
		expect(perculus.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'POST /xapi/v2/session/batch',
		]);
		expect(perculus.batches()[0]).toHaveLength(4);
	});

	it('emits each item on the right output, linked to its row', () => {
		const linked = (output: number) =>
			outputOf(execution, NODES.perculus, output).map(linkedIndex).sort();
		expect(linked(0)).toEqual([0, 2]);
		expect(linked(1)).toEqual([1, 3]);
		expect(findDifferences(execution, rows)).toEqual([]);
	});

	it('creates the session at the time in its row', () => {
		const created = outputOf(execution, NODES.perculus)[0]?.json;
		const [day] = String(rows[0]?.start_date).split(' ');
		expect(created).toMatchObject({ outcome: 'created', start_date: `${day}T12:00:00+03:00` });
		expect(created).not.toHaveProperty('warnings');
	});

	it('shows no keys and no internal model in the execution', () => {
		const everything = JSON.stringify(execution.result);
		const [, hash] = bearerToken(ACCESS_KEY, SECRET_KEY).split('|');
		expect(hash).toMatch(/^[0-9a-f]{64}$/);
		for (const secret of [SECRET_KEY, hash ?? '', 'account_id', 'ui_options']) {
			expect(everything).not.toContain(secret);
		}
	});
});

describe("The vendor's sample with references in n8n", () => {
	it('creates no session twice in two runs', async () => {
		const n8n = await connect();
		const perculus = await startPerculusServer();
		try {
			const stored = perculus.preload({ ...SAMPLE_STORED, start_date: undefined });
			const rows = withReferences(sampleRows(stored.session_guid), 'e2e');
			const data = credentialFor(perculus);
			const credential = await n8n.createCredential('Perculus account', 'perculusApi', data);
			const workflow = await n8n.createWorkflow(exampleWorkflow(rows, credential));
			const run = async () => await n8n.runWorkflow(workflow, NODES.start);
			const first = await run();
			expect(findDifferences(first, rows)).toEqual([]);
			expect(findDifferences(await run(), rows, first)).toEqual([]);
			expect(perculus.sessions.size).toBe(2);
			expect(perculus.batches().map(({ length }) => length)).toEqual([4, 4]);
		} finally {
			await perculus.stop();
		}
	});
});
