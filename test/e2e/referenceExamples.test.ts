import { dayFrom } from '../demo/example';
import { type Execution, nodeNamed, outputOf, type Workflow } from '../n8n/execution';
import { exampleStage, textsOf } from './examples';

/** Each example runs more than once, and creates no session twice. */
describe('Examples with references in n8n', () => {
	const stage = exampleStage();
	const { imported, run } = stage;

	it("crm-webhook.json creates each deal's session once, and changes the start of a changed deal", async () => {
		const workflow = await imported('crm-webhook.json');
		await stage.n8n.activateWorkflow(workflow);
		const post = async (deals: unknown[]) => {
			const response = await fetch(`${stage.n8n.url}/webhook/perculus-sessions`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ deals }),
			});
			expect(response.status).toBe(200);
			return (await response.json()) as unknown;
		};
		const [day, later] = [30, 37].map((days) => dayFrom(new Date(), days));
		const algebra = { deal: 'D-1', title: 'Algebra', when: `${day} 14:00`, minutes: 60 };
		const physics = { deal: 'D-2', title: 'Physics', when: `${day} 16:00`, minutes: 45 };
		const late = { deal: 'D-3', title: 'Geometry', when: '2020-01-01 14:00', minutes: 60 };
		const at = (deal: string, outcome: string, start: string) => ({
			deal,
			outcome,
			start: `${start}:00+03:00`,
		});
		const tooLate = expect.objectContaining({
			deal: 'D-3',
			reason: 'validation_error',
			retryable: false,
		});
		expect(await post([algebra, late, physics])).toEqual({
			approved: [at('D-1', 'created', `${day}T14:00`), at('D-2', 'created', `${day}T16:00`)],
			rejected: [tooLate],
		});
		expect(stage.perculus.batches().map(({ length }) => length)).toEqual([3]);
		const guids = [...stage.perculus.sessions.keys()];

		// The same list again, then one deal on another day. The response must not wait for a branch without items.
		expect(await post([physics, algebra])).toEqual({
			approved: [at('D-2', 'updated', `${day}T16:00`), at('D-1', 'updated', `${day}T14:00`)],
			rejected: [],
		});
		expect(await post([{ ...algebra, when: `${later} 09:00` }])).toEqual({
			approved: [at('D-1', 'updated', `${later}T09:00`)],
			rejected: [],
		});
		expect(await post([late])).toEqual({ approved: [], rejected: [tooLate] });
		expect([...stage.perculus.sessions.keys()]).toEqual(guids);
	});

	describe('sheet-write-back.json', () => {
		type Row = Record<string, unknown>;
		const written = (execution: Execution): Row[] =>
			['Add GUID to Row', 'Add Reason to Row'].flatMap((node) =>
				// A branch without items does not run.
				execution.result.runData[node] ? outputOf(execution, node).map(({ json }) => json) : [],
			);
		const sheetOf = (execution: Execution) =>
			outputOf(execution, 'Read Sheet').map(({ json }): Row => json);
		const withRows = (rows: Row[]) => (workflow: Workflow) => {
			nodeNamed(workflow, 'Read Sheet').parameters.jsCode = `return ${JSON.stringify(rows)};`;
		};

		it('writes the GUID or the reason to each row, and creates no session twice', async () => {
			const first = await run('sheet-write-back.json', 'Start');
			const guids = [...stage.perculus.sessions.keys()];
			expect(guids).toHaveLength(2);
			expect(written(first)).toEqual([
				{ row_number: 2, GUID: expect.stringMatching(/-/), Result: 'created' },
				{ row_number: 3, GUID: expect.stringMatching(/-/), Result: 'created' },
				{ row_number: 4, Result: expect.stringContaining('600') },
			]);

			// The sheet is unchanged: the sessions are found by the booking numbers.
			const second = await run('sheet-write-back.json', 'Start');
			expect(written(second).slice(0, 2)).toEqual(
				written(first)
					.slice(0, 2)
					.map((row) => ({ ...row, Result: 'updated' })),
			);

			// The sheet has the results and a corrected row: its session is created, the others are found by GUID.
			const results = new Map(written(first).map((row) => [row.row_number, row]));
			const rows = sheetOf(first).map((row) => ({
				...row,
				...results.get(row.row_number),
				...(row.row_number === 4 && { Minutes: 60 }),
			}));
			const third = await run('sheet-write-back.json', 'Start', withRows(rows));
			expect(written(third).map(({ Result }) => Result)).toEqual(['updated', 'updated', 'created']);
			expect([...stage.perculus.sessions.keys()].slice(0, 2)).toEqual(guids);
			expect(stage.perculus.sessions.size).toBe(3);
		});

		it('changes only the duration of the session in a row with a GUID and a duration', async () => {
			const { session_guid, name, start_date } = stage.perculus.preload({ duration: 60 });
			const rows = [{ row_number: 2, GUID: session_guid, Minutes: 100 }];
			const execution = await run('sheet-write-back.json', 'Start', withRows(rows));
			expect(written(execution)).toEqual([
				{ row_number: 2, GUID: session_guid, Result: 'updated' },
			]);
			expect(stage.perculus.batches()).toEqual([[{ session_guid, duration: 100 }]]);
			const after = stage.perculus.sessions.get(session_guid.toUpperCase());
			expect(after).toMatchObject({ name, start_date, duration: 100 });
		});
	});

	it('give-references.json adds references to the tags of existing sessions, and reports a missing one', async () => {
		const guid = (last: number) => `61E3D504-0000-4000-8000-00000000000${last}`;
		const tagged = { session_guid: guid(1), name: 'Algebra', tags: 'math, evening' };
		const stored = stage.perculus.preload(tagged);
		stage.perculus.preload({ session_guid: guid(2), name: 'Physics', tags: null });
		const before = { ...stored };
		for (let round = 1; round <= 2; round++) {
			const execution = await run('give-references.json', 'Start');
			expect(textsOf(execution, 'Confirm Reference')).toEqual([
				'“Algebra” now has the reference D-1.',
				'“Physics” now has the reference D-2.',
			]);
			const tags = [...stage.perculus.sessions.values()].map((session) =>
				session.tags?.split(',').map((tag) => tag.trim()),
			);
			expect(tags).toEqual([['math', 'evening', 'ref:D-1'], ['ref:D-2']]);
		}
		const { tags: _, updating_date: __, ...rest } = before;
		expect(stage.perculus.sessions.get(guid(1))).toMatchObject(rest);
		expect(stage.perculus.sessions.size).toBe(2);

		stage.perculus.sessions.delete(guid(2));
		const missing = await run('give-references.json', 'Start');
		expect(textsOf(missing, 'Ask a Person')).toEqual([expect.stringContaining('D-2: ')]);
	});

	describe('find-unknown.json', () => {
		const textsOfRuns = ({ result }: Execution, node: string) =>
			(result.runData[node] ?? []).flatMap(({ data }) =>
				(data?.main?.[0] ?? []).map(({ json }) => String(json.text)),
			);
		const withoutPatience = (workflow: Workflow) => {
			nodeNamed(workflow, 'Wait a Minute').parameters = { amount: 1, unit: 'seconds' };
		};
		const names = () => [...stage.perculus.sessions.values()].map(({ name }) => name).sort();

		it('confirms an unknown session that was saved, and does not send it again', async () => {
			stage.perculus.fail({ route: 'batch', drop: 'after' });
			const execution = await run('find-unknown.json', 'Start', withoutPatience);
			expect(textsOfRuns(execution, 'Confirm Session').map((text) => text.split('”')[0])).toEqual([
				'“Algebra',
				'“Geometry',
			]);
			expect(textsOfRuns(execution, 'Ask a Person')).toEqual([]);
			expect(outputOf(execution, 'Find by Name and Day')).toHaveLength(2);
			expect(stage.perculus.batches()).toHaveLength(1);
			expect(names()).toEqual(['Algebra', 'Geometry']);
		});

		it('sends an unknown session again if it is missing', async () => {
			stage.perculus.fail({ route: 'batch', drop: 'before' });
			const execution = await run('find-unknown.json', 'Start', withoutPatience);
			expect(textsOfRuns(execution, 'Confirm Session')).toHaveLength(2);
			expect(stage.perculus.batches()).toHaveLength(2);
			expect(names()).toEqual(['Algebra', 'Geometry']);
		});

		it('does not send an unknown session again if the search is unsuccessful', async () => {
			stage.perculus.fail({ route: 'batch', drop: 'after' });
			stage.perculus.fail({ route: 'search', status: 403, times: Infinity });
			const execution = await run('find-unknown.json', 'Start', withoutPatience);
			expect(textsOfRuns(execution, 'Confirm Session')).toEqual([]);
			expect(textsOfRuns(execution, 'Ask a Person')).toHaveLength(2);
			expect(stage.perculus.batches()).toHaveLength(1);
		});
	});
});
