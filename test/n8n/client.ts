import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'flatted';
import type { Execution, ResultData, Workflow } from './execution';

const WAIT_MILLISECONDS = 120_000;
const FINISHED = new Set(['success', 'error', 'crashed', 'canceled']);

/** The only user of an n8n that was started here. */
export interface Owner {
	email: string;
	password: string;
}

export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

export interface StoredWorkflow extends Workflow {
	id: string;
	versionId: string;
}

interface StoredExecution {
	id: string;
	status: string;
	data?: string;
}

/** A response of n8n with a status of 400 or more. */
export class N8nError extends Error {
	override name = 'N8nError';

	constructor(
		request: string,
		readonly status: number,
		body: string,
	) {
		super(`n8n answered "${request}" with ${status}: ${body.slice(0, 500)}`);
	}
}

/** n8n's REST API, as its editor uses it. */
export class N8nClient {
	private cookie = '';

	/** Each request of a login must have the same. */
	private readonly browserId = randomUUID();

	constructor(readonly url: string) {}

	/** Creates the owner of a new n8n and logs in. */
	async setUpOwner(owner: Owner): Promise<void> {
		await this.post('/rest/owner/setup', { ...owner, firstName: 'Demo', lastName: 'Owner' });
	}

	async logIn({ email, password }: Owner): Promise<void> {
		await this.post('/rest/login', { emailOrLdapLoginId: email, email, password });
	}

	/** What a browser needs to use this login. */
	get login(): { cookie: string; browserId: string } {
		return { cookie: this.cookie.replace('n8n-auth=', ''), browserId: this.browserId };
	}

	/** The node or credential types that n8n has loaded. */
	async loadedTypes<T>(kind: 'nodes' | 'credentials'): Promise<T[]> {
		return await this.get(`/types/${kind}.json`);
	}

	async createCredential(name: string, type: string, data: Record<string, unknown>) {
		return await this.post<{ id: string; name: string }>('/rest/credentials', { name, type, data });
	}

	/** Runs the credential's own test, as the editor does when one is saved. */
	async testCredential(
		{ id, name }: { id: string; name: string },
		type: string,
		data: Record<string, unknown>,
	): Promise<CredentialTest> {
		return await this.post('/rest/credentials/test', { credentials: { id, name, type, data } });
	}

	/** Deletes all credentials of a type. */
	async deleteCredentials(type: string): Promise<void> {
		const stored = await this.get<Array<{ id: string; type: string }>>('/rest/credentials');
		for (const one of stored) {
			if (one.type === type) await this.request('DELETE', `/rest/credentials/${one.id}`);
		}
	}

	async createWorkflow(workflow: Workflow): Promise<StoredWorkflow> {
		return await this.post('/rest/workflows', { ...workflow, active: false });
	}

	async readWorkflow(id: string): Promise<StoredWorkflow> {
		return await this.get(`/rest/workflows/${id}`);
	}

	/** Publishes a workflow and waits until its webhooks answer. */
	async activateWorkflow({ id, versionId }: StoredWorkflow): Promise<void> {
		const path = `/rest/workflows/${id}`;
		await this.post(`${path}/activate`, { versionId });
		await this.until('the workflow was published', async () => {
			try {
				const published = await this.get<unknown>(`${path}/publication-status`);
				return JSON.stringify(published).includes('"published"') || undefined;
			} catch (error) {
				// n8n 1.x publishes at once, and doesn't have this route.
				if (error instanceof N8nError && error.status === 404) return true;
				throw error;
			}
		});
	}

	/** Runs a stored workflow from its trigger and waits for the end. */
	async runWorkflow(workflow: StoredWorkflow, trigger: string): Promise<Execution> {
		return await this.run(workflow, { triggerToStartFrom: { name: trigger } });
	}

	/** Runs one node as in the editor, on the data of earlier steps. */
	async runStep(workflow: StoredWorkflow, node: string, runData: ResultData['runData']) {
		const destinationNode = { nodeName: node, mode: 'inclusive' };
		return await this.run(workflow, { runData, destinationNode, dirtyNodeNames: [] });
	}

	private async run(workflowData: StoredWorkflow, extent: object): Promise<Execution> {
		// n8n 2.41 runs the stored workflow, 1.x the one in the request.
		const body = { workflowData, startNodes: [], ...extent };
		const path = `/rest/workflows/${workflowData.id}/run`;
		return await this.finishedExecution(
			(await this.post<{ executionId: string }>(path, body)).executionId,
		);
	}

	/** Retries an execution with the workflow as it was then, and waits for the end. */
	async retry({ id }: Execution): Promise<Execution> {
		const path = `/rest/executions/${id}/retry`;
		const retried = await this.post<{ id: string }>(path, { loadWorkflow: false });
		return await this.finishedExecution(retried.id);
	}

	/** The executions of a workflow that exist by now, the newest first. */
	async executionsOf(workflowId: string): Promise<StoredExecution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const path = `/rest/executions?limit=50&filter=${filter}`;
		return (await this.get<{ results: StoredExecution[] }>(path)).results;
	}

	/** Waits until a workflow has this number of executions, all ended; the oldest comes first. */
	async endedExecutionsOf(workflowId: string, count: number): Promise<Execution[]> {
		const ids = await this.until(`${count} executions ended`, async () => {
			const all = await this.executionsOf(workflowId);
			const areOver = all.length === count && all.every(({ status }) => FINISHED.has(status));
			return areOver ? all.map(({ id }) => id) : undefined;
		});
		return await Promise.all(ids.reverse().map(async (id) => await this.finishedExecution(id)));
	}

	/** Waits for the end of an execution and reads it. */
	async finishedExecution(id: string): Promise<Execution> {
		return await this.until(`execution ${id} ended`, async () => {
			const { status, data } = await this.get<StoredExecution>(`/rest/executions/${id}`);
			if (!FINISHED.has(status) || data === undefined) return undefined;
			// The data may be written a moment after the status: until then it is an empty list, or has no run.
			const { resultData } = (parse(data) ?? {}) as { resultData?: ResultData };
			const isWritten = status !== 'success' || Object.keys(resultData?.runData ?? {}).length > 0;
			return resultData && isWritten ? { id, status, result: resultData } : undefined;
		});
	}

	/** Asks again until there is an answer. */
	async until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
		for (const deadline = Date.now() + WAIT_MILLISECONDS; Date.now() < deadline;) {
			const answer = await ask();
			if (answer !== undefined) return answer;
			await sleep(100);
		}
		throw new Error(`Waited in vain until ${what}.`);
	}

	private async get<T>(path: string): Promise<T> {
		return await this.request('GET', path);
	}

	private async post<T>(path: string, body: object): Promise<T> {
		return await this.request('POST', path, body);
	}

	private async request<T>(method: string, path: string, body?: object): Promise<T> {
		const response = await fetch(this.url + path, {
			method,
			headers: {
				'content-type': 'application/json',
				'browser-id': this.browserId,
				cookie: this.cookie,
				// A busy n8n resets connections that were kept alive.
				connection: 'close',
			},
			body: JSON.stringify(body),
		});
		const [cookie] = response.headers.getSetCookie().flatMap((one) => one.split(';')[0] ?? []);
		if (cookie?.startsWith('n8n-auth=')) this.cookie = cookie;
		const text = await response.text();
		if (!response.ok) throw new N8nError(`${method} ${path}`, response.status, text);
		const parsed = JSON.parse(text) as { data: T };
		return path.startsWith('/rest/') ? parsed.data : (parsed as T);
	}
}
