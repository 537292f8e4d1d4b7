import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { mapperFields } from '../../nodes/Perculus/methods/resourceMapping';
import { SESSION_FIELDS } from '../../nodes/Perculus/resources/session/fields';
import { codeFor } from '../demo/example';
import { dayFrom, type SessionRow } from '../demo/rows';
import type { N8nClient } from '../n8n/client';
import { type Execution, outputOf } from '../n8n/execution';
import { type Workflow, type WorkflowNode, nodeNamed } from '../n8n/workflow';
import {
	type PerculusServer,
	SAMPLE_STORED,
	SAMPLE_UNKNOWN_GUID,
	startPerculusServer,
} from '../perculus-server';
import { connect, credentialFor } from './stage';

const FOLDER = path.resolve(__dirname, '..', '..', 'docs', 'examples');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

function readExample(file: string): Workflow {
	return JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Workflow;
}

const isPerculus = ({ type }: WorkflowNode) => type === 'n8n-nodes-perculus.perculus';
const textsOf = (execution: Execution, node: string) =>
	outputOf(execution, node).map(({ json }) => String(json.text));

describe.each(FILES)('the file %s', (file) => {
	const { nodes, settings } = readExample(file);

	it('has a Perculus node, a note that explains it, and nothing of ours', () => {
		expect(nodes.filter(isPerculus).length).toBeGreaterThan(0);
		const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(notes.length).toBeGreaterThan(0);
		expect(JSON.stringify(notes)).toContain('choose your credential');
		for (const node of nodes) expect(node).not.toHaveProperty('credentials');
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		expect(settings.executionOrder).toBe('v1');
	});

	it('knows the fields of today where it maps by hand', () => {
		for (const { parameters } of nodes.filter(isPerculus)) {
			const { schema = [] } = (parameters.fields ?? {}) as { schema?: Array<{ id: string }> };
			if (schema.length === 0) continue;
			const shown = schema.map(({ id, displayName }: { id: string; displayName?: string }) => [
				id,
				displayName,
			]);
			const fields = mapperFields(SESSION_FIELDS, parameters.operation);
			expect(shown).toEqual(fields.map(({ id, displayName }) => [id, displayName]));
		}
	});
});

describe('the examples in n8n', () => {
	let n8n: N8nClient;
	let perculus: PerculusServer;
	let credential: { id: string; name: string };

	beforeAll(async () => {
		n8n = await connect();
		perculus = await startPerculusServer();
		const data = credentialFor(perculus);
		credential = await n8n.createCredential('Perculus account', 'perculusApi', data);
	});

	beforeEach(() => perculus.reset());

	afterAll(async () => {
		await perculus.stop();
	});

	/** Imports an example and does what a user has to do: choose the credential. */
	const imported = async (file: string, change: (workflow: Workflow) => void = () => undefined) => {
		const workflow = readExample(file);
		for (const node of workflow.nodes.filter(isPerculus)) {
			node.credentials = { perculusApi: credential };
		}
		change(workflow);
		return await n8n.createWorkflow(workflow);
	};

	const run = async (file: string, trigger: string, change?: (workflow: Workflow) => void) => {
		const execution = await n8n.runWorkflow(await imported(file, change), trigger);
		expect(execution.result.error).toBeUndefined();
		expect(execution.status).toBe('success');
		return execution;
	};

	describe('a form that requests a session', () => {
		let address: string;

		beforeAll(async () => {
			const workflow = await imported('form-request.json');
			await n8n.activateWorkflow(workflow);
			address = `${n8n.url}/form/${nodeNamed(workflow, 'Session request').webhookId}`;
		});

		/** Sends the form and reads the page at the end, as a browser would come to it. */
		const submit = async (...values: string[]): Promise<string> => {
			const form = new FormData();
			for (const [index, value] of values.entries()) form.append(`field-${index}`, value);
			const answer = await fetch(address, { method: 'POST', body: form });
			expect(answer.status).toBe(200);
			const { formWaitingUrl } = (await answer.json()) as { formWaitingUrl: string };
			const status = new URL(formWaitingUrl);
			status.pathname += '/n8n-execution-status';
			// The page itself is asked for only then: n8n leaves an earlier request without an answer.
			await n8n.until('the form went on', async () => {
				const text = await (await fetch(status)).text();
				return text !== 'running' && text !== 'new' ? text : undefined;
			});
			return await (await fetch(formWaitingUrl)).text();
		};

		it('tells the requester when the session is', async () => {
			const page = await submit('Çevrim içi ders', dayFrom(new Date(), 30), '14:30', '90');
			expect(page).toContain('“Çevrim içi ders” is planned');
			expect(page).toMatch(/14:30 \(Europe\/Istanbul\) and lasts 90 minutes/);
		});

		it('tells the requester what Perculus refused', async () => {
			const page = await submit('Too late', '2020-08-05', '14:30', '90');
			expect(page).toContain('“Too late” is not planned');
			expect(page).toContain('Invalid session start date.');
		});

		it('tells the requester what cannot be sent at all', async () => {
			const page = await submit('Too long', dayFrom(new Date(), 30), '14:30', '900');
			expect(page).toContain('“Too long” is not planned');
			expect(page).toContain('900');
			expect(perculus.requests).toEqual([]);
		});
	});

	it('a webhook with a list answers with both lists', async () => {
		const workflow = await imported('crm-webhook.json');
		await n8n.activateWorkflow(workflow);
		const start_date = `${dayFrom(new Date(), 30)} 14:00`;
		const post = async (sessions: unknown[]) => {
			const response = await fetch(`${n8n.url}/webhook/perculus-sessions`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ sessions }),
			});
			expect(response.status).toBe(200);
			return (await response.json()) as unknown;
		};
		const good = { id: 'C-1', name: 'Algebra', start_date, duration: 60 };
		const late = { id: 'C-2', name: 'Geometry', start_date: '2020-01-01 14:00', duration: 60 };
		const unknown = { id: 'C-3', session_guid: SAMPLE_UNKNOWN_GUID, duration: 90 };
		const approved = { id: 'C-1', outcome: 'created', session_guid: expect.any(String) };
		expect(await post([good, late, unknown])).toEqual({
			approved: [approved],
			rejected: expect.arrayContaining([
				expect.objectContaining({ id: 'C-2', reason: 'validation_error', retryable: false }),
				expect.objectContaining({ id: 'C-3', reason: 'session_not_found', retryable: false }),
			]),
		});
		expect(perculus.batches().map(({ length }) => length)).toEqual([3]);
		// A branch without items must not keep the answer waiting.
		expect(await post([good])).toEqual({ approved: [approved], rejected: [] });
		expect(await post([late])).toEqual({
			approved: [],
			rejected: [expect.objectContaining({ id: 'C-2' })],
		});
	});

	it('a spreadsheet with Turkish headings and dates is read', async () => {
		const execution = await run('spreadsheet.json', 'Start');
		const [created, rejected] = [0, 1].map((branch) =>
			outputOf(execution, 'Create sessions', branch).map(({ json }) => json),
		);
		expect(created).toEqual([
			expect.objectContaining({ name: 'Cebir', duration: 60, lang: 'tr-TR' }),
			expect.objectContaining({ name: 'Geometri', duration: 90, lang: 'tr-TR' }),
		]);
		expect(created?.[0]?.start_date).toMatch(/T14:00:00\+03:00$/);
		expect(created?.[1]?.start_date).toMatch(/T09:30:00\+03:00$/);
		expect(rejected).toEqual([
			expect.objectContaining({ session: expect.objectContaining({ name: 'Fizik' }) }),
		]);
		const letters = ['Tell the teacher', 'Ask for a correction'].flatMap((node) =>
			outputOf(execution, node).map(({ json }) => json),
		);
		expect(letters.map(({ to }) => to)).toEqual([
			'ogretmen1@example.com',
			'ogretmen2@example.com',
			'ogretmen3@example.com',
		]);
		expect(letters[0]?.text).toMatch(/ 14:00 tarihinde/);
		expect(perculus.batches().map(({ length }) => length)).toEqual([2]);
	});

	describe('the correction loop', () => {
		const runs = ({ result }: Execution, node: string) => result.runData[node] ?? [];
		const textsOfRuns = (execution: Execution, node: string) =>
			runs(execution, node).flatMap(({ data }) =>
				(data?.main[0] ?? []).map(({ json }) => String(json.text)),
			);

		it('sends again what it corrected, and leaves the rest to a person', async () => {
			const execution = await run('correction-loop.json', 'Start');
			expect(runs(execution, 'Create or update sessions')).toHaveLength(2);
			expect(textsOfRuns(execution, 'Tell the teacher').map((text) => text.split('”')[0])).toEqual([
				'“Algebra',
				'“Geometry',
				'“Physics',
			]);
			expect(textsOfRuns(execution, 'Ask a person')).toEqual([expect.stringContaining('Perculus')]);
			const [first, second] = perculus.batches().map((batch) => batch.map(({ name }) => name));
			expect(first).toEqual(['Algebra', 'Geometry', undefined]);
			expect(second).toEqual(['Geometry', 'Physics']);
			expect(perculus.sessions.size).toBe(3);
		});

		it('ends, whatever Perculus says', async () => {
			perculus.set({ refuse: () => ({ code: 35, details: 'No license is free.' }) });
			const execution = await run('correction-loop.json', 'Start');
			expect(runs(execution, 'Create or update sessions').length).toBeLessThanOrEqual(3);
			expect(textsOfRuns(execution, 'Tell the teacher')).toEqual([]);
			expect(textsOfRuns(execution, 'Ask a person')).toHaveLength(4);
		});
	});

	describe('what is unknown', () => {
		const textsOfRuns = ({ result }: Execution, node: string) =>
			(result.runData[node] ?? []).flatMap(({ data }) =>
				(data?.main[0] ?? []).map(({ json }) => String(json.text)),
			);
		const withoutPatience = (workflow: Workflow) => {
			nodeNamed(workflow, 'Wait a minute').parameters = { amount: 4, unit: 'seconds' };
		};
		const names = () => [...perculus.sessions.values()].map(({ name }) => name).sort();

		it('is found, and not sent again, where it was saved', async () => {
			// Longer than the node itself looks for it.
			perculus.set({ visibilityDelayMs: 8_000 });
			perculus.fail({ route: 'batch', drop: 'after' });
			const execution = await run('find-unknown.json', 'Start', withoutPatience);
			expect(textsOfRuns(execution, 'Planned').map((text) => text.split('”')[0])).toEqual([
				'“Algebra',
				'“Geometry',
			]);
			expect(textsOfRuns(execution, 'Ask a person')).toEqual([]);
			expect(outputOf(execution, 'Is it in Perculus?')).toHaveLength(2);
			expect(perculus.batches()).toHaveLength(1);
			expect(names()).toEqual(['Algebra', 'Geometry']);
		});

		it('is sent again where it is missing, and only then', async () => {
			perculus.fail({ route: 'batch', drop: 'before' });
			const execution = await run('find-unknown.json', 'Start', withoutPatience);
			expect(textsOfRuns(execution, 'Planned')).toHaveLength(2);
			expect(perculus.batches()).toHaveLength(2);
			expect(names()).toEqual(['Algebra', 'Geometry']);
			// Run again, it makes nothing twice: each is there already, which a person is told.
			const again = await run('find-unknown.json', 'Start', withoutPatience);
			expect(textsOfRuns(again, 'Ask a person')).toEqual([
				expect.stringMatching(/^booking-1: .* Perculus has one with this reference already/),
				expect.stringMatching(/^booking-2: /),
			]);
			expect(names()).toEqual(['Algebra', 'Geometry']);
		});
	});

	it('the weekly update changes the durations and nothing else', async () => {
		const stored = perculus.preload({ ...SAMPLE_STORED, start_date: undefined, duration: 60 });
		const before = { ...stored };
		const row = (session_guid: string, duration: number) => ({ session_guid, duration });
		const rows = [
			row(stored.session_guid, 100),
			row(SAMPLE_UNKNOWN_GUID, 90),
			{ duration: 45, name: 'Algebra' },
		] as unknown as SessionRow[];
		const execution = await run('weekly-durations.json', 'Every Monday', (workflow) => {
			nodeNamed(workflow, 'New durations').parameters.jsCode = codeFor(rows);
		});
		expect(textsOf(execution, 'Done')).toEqual(['“Web Development 101” now lasts 100 minutes.']);
		expect(textsOf(execution, 'To be looked at')).toHaveLength(2);
		expect(perculus.batches()).toEqual([
			[row(stored.session_guid, 100), row(SAMPLE_UNKNOWN_GUID, 90)],
		]);
		expect(perculus.sessions.size).toBe(1);
		const after = perculus.sessions.get(stored.session_guid.toUpperCase());
		expect(after).toMatchObject({
			name: before.name,
			start_date: before.start_date,
			duration: 100,
		});
	});
});
