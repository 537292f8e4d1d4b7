import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { N8nClient, type StoredWorkflow } from '../n8n/client';
import { Cleanup } from '../n8n/script';
import { installN8n } from '../n8n/install';
import { installPackage, OWNER, packPackage, startN8n } from '../n8n/stage';
import { outputOf } from '../n8n/execution';
import { startPerculusServer } from '../perculus-server';
import { baseNode } from './nodes';
import { chain, credentialFor } from './stage';

const MINUTE = 60_000;

const EVENTS = ['sessionStarting', 'sessionEnded', 'sessionCreated', 'sessionUpdated'] as const;

const cleanup = new Cleanup();
afterAll(async () => await cleanup.run());

const isoIn = (minutes: number) =>
	new Date(Date.now() + (minutes + 180) * MINUTE).toISOString().slice(0, 19);

describe('The trigger in an n8n that is restarted', () => {
	it('the trigger fires each of the four events once, also after a restart', async () => {
		const perculus = await startPerculusServer();
		cleanup.add(async () => await perculus.stop());
		const folder = await mkdtemp(path.join(os.tmpdir(), 'n8n-nodes-perculus-trigger-'));
		cleanup.add(async () => await rm(folder, { recursive: true, force: true }));
		const userFolder = path.join(folder, 'user');
		const installed = await installN8n();
		await installPackage(await packPackage(folder), userFolder);
		const started = async () => {
			const running = new Cleanup();
			cleanup.add(async () => await running.run());
			const key = { N8N_ENCRYPTION_KEY: 'the-same-after-a-restart' };
			return { running, ...(await startN8n(installed, userFolder, running, key)) };
		};

		const first = await started();
		const client = new N8nClient(first.url);
		await client.setUpOwner(OWNER);
		const credential = await client.createCredential(
			'Perculus account',
			'perculusApi',
			credentialFor(perculus),
		);
		const timezone = 'Europe/Istanbul';
		const algebra = { name: 'Algebra', start_date: isoIn(40), timezone };
		const { session_guid } = perculus.preload(algebra);
		// Due in a minute.
		perculus.preload({ name: 'Biology', start_date: isoIn(-89), duration: 60, timezone });

		const workflows = new Map<string, StoredWorkflow>();
		for (const triggerOn of EVENTS) {
			const trigger = {
				...baseNode('Trigger', '', 1, {
					pollTimes: { item: [{ mode: 'everyMinute' }] },
					triggerOn,
				}),
				type: 'n8n-nodes-perculus.perculusTrigger',
				credentials: { perculusApi: credential },
			};
			const workflow = chain(triggerOn, trigger, baseNode('Next', 'noOp', 1));
			workflows.set(triggerOn, await client.createWorkflow(workflow));
		}
		for (const workflow of workflows.values()) await client.activateWorkflow(workflow);
		perculus.preload({
			...algebra,
			session_guid,
			name: 'Geometry',
		});
		perculus.preload({
			name: 'Chemistry',
			start_date: isoIn(500),
			timezone,
			creation_date: new Date().toISOString(),
		});

		const fired = async (from: N8nClient) =>
			await Promise.all(
				EVENTS.map(async (triggerOn) => {
					const id = workflows.get(triggerOn)?.id ?? '';
					const [execution] = await from.endedExecutionsOf(id, 1);
					return execution && outputOf(execution, 'Next').map(({ json }) => json);
				}),
			);
		const expected = [
			[
				expect.objectContaining({
					event: 'session_starting',
					name: 'Algebra',
					starts_in_minutes: 40,
				}),
			],
			[expect.objectContaining({ event: 'session_ended', name: 'Biology' })],
			[expect.objectContaining({ event: 'session_created', name: 'Chemistry' })],
			[expect.objectContaining({ event: 'session_updated', changed_fields: ['name'] })],
		];
		expect(await fired(client)).toEqual(expected);

		await first.running.run();
		perculus.requests.length = 0;
		const second = new N8nClient((await started()).url);
		await second.logIn(OWNER);
		const polls = () =>
			perculus
				.requestsTo('search')
				.filter(({ body }) => JSON.stringify(body).includes('number":1,')).length;
		// Each polls once at the start, and again a minute later.
		await second.until('all polled twice', async () => (polls() >= 8 ? true : undefined));
		expect(await fired(second)).toEqual(expected);
	}, 600_000);
});
