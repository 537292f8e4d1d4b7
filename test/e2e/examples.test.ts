import { mapperFields } from '../../nodes/Perculus/methods';
import { ATTENDEE_FIELDS } from '../../nodes/Perculus/attendee/fields';
import { SESSION_FIELDS } from '../../nodes/Perculus/session/fields';
import { dayFrom } from '../demo/example';
import { type Execution, outputOf } from '../n8n/execution';
import { exampleStage, FILES, isPerculus, readExample } from './examples';

/** These read or change sessions, and set no start. */
const NO_START = [
	'after-class.json',
	'attendance-sheet.json',
	'give-references.json',
	'new-sessions-into-a-calendar.json',
	'reminders.json',
];

describe.each(FILES)('The example file %s', (file) => {
	const { nodes, settings } = readExample(file);

	it('the example has Perculus nodes without credentials, and a note that names each of them', () => {
		expect(nodes.filter(isPerculus).length).toBeGreaterThan(0);
		const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		const [, toDo = ''] = JSON.stringify(notes).split('choose your credential');
		for (const { name } of nodes.filter(isPerculus)) expect(toDo).toContain(`*${name}*`);
		for (const node of nodes) expect(node).not.toHaveProperty('credentials');
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		expect(settings.executionOrder).toBe('v1');
	});

	it('the example sets the time zone of its sessions, and none for the workflow', () => {
		// n8n drops the time zone of a workflow that is imported.
		expect(settings).not.toHaveProperty('timezone');
		for (const { parameters } of nodes.filter(isPerculus)) {
			const { fields, defaultTimezone } = parameters as {
				fields?: { value: { timezone?: string } | null };
				defaultTimezone?: string;
			};
			const isRead = ['get', 'getAll'].includes(String(parameters.operation));
			const setsNoStart = parameters.resource === 'attendee' || isRead;
			if (NO_START.includes(file) || setsNoStart) continue;
			expect(defaultTimezone ?? fields?.value?.timezone).toBe('Europe/Istanbul');
		}
	});

	it('the example has the current fields in each manual mapping', () => {
		for (const { parameters } of nodes.filter(isPerculus)) {
			const { schema = [] } = (parameters.fields ?? {}) as { schema?: Array<{ id: string }> };
			if (schema.length === 0) continue;
			const shown = schema.map(({ id, displayName }: { id: string; displayName?: string }) => [
				id,
				displayName,
			]);
			const catalogue = parameters.resource === 'attendee' ? ATTENDEE_FIELDS : SESSION_FIELDS;
			const fields = mapperFields(catalogue, parameters.operation);
			expect(shown).toEqual(fields.map(({ id, displayName }) => [id, displayName]));
		}
	});
});

describe('Examples in n8n', () => {
	const stage = exampleStage();
	const { run } = stage;

	it('spreadsheet.json reads Turkish headings and dates, and creates no session twice', async () => {
		const node = 'Create or Update Sessions';
		const execution = await run('spreadsheet.json', 'Start');
		const [created, rejected] = [0, 1].map((branch) =>
			outputOf(execution, node, branch).map(({ json }) => json),
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
		const letters = ['Notify Teacher', 'Ask for Correction'].flatMap((node) =>
			outputOf(execution, node).map(({ json }) => json),
		);
		expect(letters.map(({ to }) => to)).toEqual([
			'ogretmen1@example.com',
			'ogretmen2@example.com',
			'ogretmen3@example.com',
		]);
		expect(letters[0]?.text).toMatch(/ 14:00 tarihinde/);
		expect(stage.perculus.batches().map(({ length }) => length)).toEqual([2]);
		const again = await run('spreadsheet.json', 'Start');
		expect(outputOf(again, node).map(({ json }) => [json.outcome, json.session_guid])).toEqual(
			created?.map(({ session_guid }) => ['updated', session_guid]),
		);
		expect(stage.perculus.sessions.size).toBe(2);
	});

	describe('correction-loop.json', () => {
		const runs = ({ result }: Execution, node: string) => result.runData[node] ?? [];
		const textsOfRuns = (execution: Execution, node: string) =>
			runs(execution, node).flatMap(({ data }) =>
				(data?.main?.[0] ?? []).map(({ json }) => String(json.text)),
			);

		it('sends corrected rows again, and asks a person about the rest', async () => {
			const execution = await run('correction-loop.json', 'Start');
			expect(runs(execution, 'Create or Update Sessions')).toHaveLength(2);
			expect(textsOfRuns(execution, 'Notify Teacher').map((text) => text.split('”')[0])).toEqual([
				'“Algebra',
				'“Geometry',
				'“Physics',
			]);
			expect(textsOfRuns(execution, 'Ask a Person')).toEqual([expect.stringContaining('Perculus')]);
			const [first, second] = stage.perculus
				.batches()
				.map((batch) => batch.map(({ name }) => name));
			expect(first).toEqual(['Algebra', 'Geometry', undefined]);
			expect(second).toEqual(['Geometry', 'Physics']);
			expect(stage.perculus.sessions.size).toBe(3);
			const again = await run('correction-loop.json', 'Start');
			expect(textsOfRuns(again, 'Notify Teacher')).toHaveLength(3);
			expect(stage.perculus.sessions.size).toBe(3);
		});

		it('the loop ends if Perculus rejects every session', async () => {
			stage.perculus.set({ refuse: () => ({ code: 35, details: 'No license is free.' }) });
			const execution = await run('correction-loop.json', 'Start');
			expect(runs(execution, 'Create or Update Sessions').length).toBeLessThanOrEqual(3);
			expect(textsOfRuns(execution, 'Notify Teacher')).toEqual([]);
			expect(textsOfRuns(execution, 'Ask a Person')).toHaveLength(4);
		});
	});

	it('new-sessions-into-a-calendar.json writes an event with its end for a new and a changed session', async () => {
		const stored = stage.perculus.preload({
			name: 'Algebra',
			start_date: `${dayFrom(new Date(), 30)}T23:30:00`,
			timezone: 'Europe/Istanbul',
			duration: 90,
		});
		const file = 'new-sessions-into-a-calendar.json';
		for (const [trigger, action] of [
			['Watch New Sessions', 'create'],
			['Watch Changed Sessions', 'update'],
		] as const) {
			const execution = await run(file, trigger);
			expect(outputOf(execution, 'Update Calendar').map(({ json }) => json)).toEqual([
				{
					action,
					id: stored.session_guid,
					title: 'Algebra',
					start: stored.start_date,
					end: `${dayFrom(new Date(), 31)}T01:00:00+03:00`,
					timezone: 'Europe/Istanbul',
				},
			]);
		}
	});
});
