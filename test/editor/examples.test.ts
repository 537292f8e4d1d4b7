import { readdirSync } from 'node:fs';
import path from 'node:path';
import { DateTime } from 'luxon';
import { dayFrom } from '../demo/example';
import { connect, credentialFor } from '../e2e/stage';
import type { N8nClient, StoredWorkflow } from '../n8n/client';
import { type Execution, nodeNamed, outputOf } from '../n8n/execution';
import { type PerculusServer, startPerculusServer } from '../perculus-server';
import { Editor } from './editor';

const FOLDER = path.resolve(__dirname, '..', '..', 'docs', 'examples');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

/** Not n8n's own zone, which an imported workflow uses: the hours must not depend on that. */
const ISTANBUL = 'Europe/Istanbul';

describe("Examples imported with the editor's menu", () => {
	const day = dayFrom(new Date(), 30);
	let n8n: N8nClient;
	let perculus: PerculusServer;
	let editor: Editor;

	beforeAll(async () => {
		n8n = await connect();
		perculus = await startPerculusServer();
		// The only credential, which imported nodes select.
		await n8n.deleteCredentials('perculusApi');
		await n8n.createCredential('Perculus account', 'perculusApi', credentialFor(perculus));
		editor = await Editor.open(n8n);
	});

	beforeEach(() => perculus.reset());

	afterAll(async () => {
		await editor?.close();
		await perculus.stop();
	});

	const workflows = new Map<string, StoredWorkflow>();

	/** Imports a file with the menu and waits until n8n has stored it; each file only once. */
	const imported = async (file: string): Promise<StoredWorkflow> => {
		const known = workflows.get(file);
		if (known) return known;
		const id = await editor.importWorkflow(path.join(FOLDER, file));
		const workflow = await n8n.readWorkflow(id);
		workflows.set(file, workflow);
		return workflow;
	};

	const run = async (file: string, trigger: string): Promise<Execution> =>
		await n8n.runWorkflow(await imported(file), trigger);

	/** The start times and time zones of the sessions in Perculus. */
	const hours = () =>
		[...perculus.sessions.values()].map(({ start_date, timezone }) => [
			/T(\d\d:\d\d):00\+03:00$/.exec(start_date)?.[1],
			timezone,
		]);

	it.each(FILES)(
		'%s has no time zone after the import, and its Perculus nodes have the credential',
		async (file) => {
			const { nodes, settings } = await imported(file);
			expect(settings.timezone).toBeUndefined();
			for (const { type, credentials } of nodes) {
				if (type === 'n8n-nodes-perculus.perculus')
					expect(credentials).toHaveProperty('perculusApi');
			}
		},
	);

	it('form-to-classroom.json creates the session at the requested hour, and shows the join link', async () => {
		const workflow = await imported('form-to-classroom.json');
		await n8n.activateWorkflow(workflow);
		const page = await editor.newPage();
		await page.goto(`${n8n.url}/form/${nodeNamed(workflow, 'Receive Request').webhookId}`);
		await page.getByLabel('Course').selectOption('Algebra');
		await page.getByLabel('Day').fill(day);
		await page.getByLabel('Time').fill('14:30');
		await page.getByLabel('First Name').fill('Ada');
		await page.getByLabel('Last Name').fill('Aydın');
		await page.getByLabel('Email').fill('ada@school.example');
		await page.getByRole('button', { name: 'Submit' }).click();
		await page.getByText('14:30 (Europe/Istanbul) and lasts 60 minutes').waitFor();
		expect(hours()).toEqual([['14:30', ISTANBUL]]);
		const [guid = ''] = perculus.sessions.keys();
		const [teacher, ...others] = perculus.attendeesOf(guid);
		expect(others).toEqual([]);
		expect(teacher).toMatchObject({ surname: 'Aydın', email: 'ada@school.example', role: 'e' });
		const link = page.getByRole('link', { name: teacher?.attendance_code ?? '?' });
		expect(await link.getAttribute('href')).toContain(teacher?.attendance_code);
		await page.close();
	});

	it('crm-webhook.json creates the session at the requested hour', async () => {
		const workflow = await imported('crm-webhook.json');
		await n8n.activateWorkflow(workflow);
		const { path: hook } = nodeNamed(workflow, 'Receive Deals').parameters;
		const deals = [{ deal: 'D-1', title: 'Algebra', when: `${day} 14:00`, minutes: 60 }];
		const response = await fetch(`${n8n.url}/webhook/${String(hook)}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ deals }),
		});
		expect(response.status).toBe(200);
		expect(hours()).toEqual([['14:00', ISTANBUL]]);
	});

	it.each([
		['spreadsheet.json', ['14:00', '09:30']],
		['sheet-write-back.json', ['14:00', '09:30']],
		['correction-loop.json', ['14:00', '14:00', '10:00']],
		['find-unknown.json', ['14:00', '14:00']],
	])('%s creates its sessions at the hours of its rows', async (file, expected) => {
		await run(file, 'Start');
		expect(hours()).toEqual(expected.map((hour) => [hour, ISTANBUL]));
	});

	it('give-references.json does not change the hour of a session', async () => {
		for (const deal of [1, 2]) {
			const session_guid = `61E3D504-0000-4000-8000-00000000000${deal}`;
			perculus.preload({ session_guid, start_date: `${day}T14:30:00+03:00`, timezone: ISTANBUL });
		}
		await run('give-references.json', 'Start');
		expect([...perculus.sessions.values()].map(({ tags }) => tags)).toEqual(
			['ref:D-1', 'ref:D-2'].map((tag) => expect.stringContaining(tag)),
		);
		for (const one of perculus.batches().flat()) expect(one).not.toHaveProperty('start_date');
		expect(hours()).toEqual([1, 2].map(() => ['14:30', ISTANBUL]));
	});

	it('class-list.json saves attendees, and does not change the hour of their session', async () => {
		const { session_guid } = perculus.preload({
			tags: 'ref:algebra-a',
			start_date: `${day}T14:30:00+03:00`,
			timezone: ISTANBUL,
		});
		await run('class-list.json', 'Start');
		expect(perculus.attendeesOf(session_guid)).toHaveLength(2);
		expect(hours()).toEqual([['14:30', ISTANBUL]]);
	});

	it("reminders.json shows the start in the session's own time zone", async () => {
		const timezone = 'Asia/Kathmandu';
		const start = DateTime.now().setZone(timezone).plus({ minutes: 40 }).startOf('second');
		const start_date = start.toISO({ suppressMilliseconds: true }) ?? '';
		const { session_guid } = perculus.preload({ name: 'Algebra', timezone, start_date });
		perculus.preloadAttendee(session_guid, { email: 'ada@school.example', name: 'Ada' });
		const messages = outputOf(
			await run('reminders.json', 'Watch Starting Sessions'),
			'Send Message',
		);
		expect(messages.map(({ json }) => json.text)).toEqual([
			expect.stringContaining(`${start.toFormat('d MMMM yyyy, HH:mm')} (${timezone})`),
		]);
	});
});
