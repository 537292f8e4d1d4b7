import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution, ResultData } from './execution';
import { parseFlatted } from './flatted';
import type { Workflow } from './workflow';

const WAIT_MILLISECONDS = 120_000;
const POLL_MILLISECONDS = 100;
const FINISHED = new Set(['success', 'error', 'crashed', 'canceled']);

/** The one user of an n8n of our own. */
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

/** What n8n answered where it refused. */
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

/** n8n's own REST API, as its editor uses it. */
export class N8nClient {
	private cookie: string | undefined;

	/** The login is bound to it: the same value must come with every request. */
	private readonly browserId = randomUUID();

	constructor(readonly url: string) {}

	/** Creates the owner of a new n8n and logs in. */
	async setUpOwner({ email, password }: Owner): Promise<void> {
		const body = { email, password, firstName: 'Demo', lastName: 'Owner' };
		await this.request('POST', '/rest/owner/setup', body);
	}

	/** What a browser needs to go on with this login: the value of the cookie and what it is bound to. */
	get login(): { cookie: string; browserId: string } {
		const [, cookie] = /^n8n-auth=(.*)$/.exec(this.cookie ?? '') ?? [];
		if (cookie === undefined) throw new Error('Log in first.');
		return { cookie, browserId: this.browserId };
	}

	async logIn({ email, password }: Owner): Promise<void> {
		await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, email, password });
	}

	/** The node or credential types n8n has loaded. */
	async loadedTypes<T>(kind: 'nodes' | 'credentials'): Promise<T[]> {
		return await this.request('GET', `/types/${kind}.json`);
	}

	async createCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<{ id: string; name: string }> {
		return await this.request('POST', '/rest/credentials', { name, type, data });
	}

	/** Runs the credential's own test, as the editor does when one is saved. */
	async testCredential(
		{ id, name }: { id: string; name: string },
		type: string,
		data: Record<string, unknown>,
	): Promise<CredentialTest> {
		const credentials = { id, name, type, data };
		return await this.request('POST', '/rest/credentials/test', { credentials });
	}

	async createWorkflow(workflow: Workflow): Promise<StoredWorkflow> {
		return await this.request('POST', '/rest/workflows', { ...workflow, active: false });
	}

	async readWorkflow(id: string): Promise<StoredWorkflow> {
		return await this.request('GET', `/rest/workflows/${id}`);
	}

	/** Deletes every credential of a type. */
	async deleteCredentials(type: string): Promise<void> {
		const stored = await this.request<Array<{ id: string; type: string }>>(
			'GET',
			'/rest/credentials',
		);
		for (const { id } of stored.filter((one) => one.type === type)) {
			await this.request('DELETE', `/rest/credentials/${id}`);
		}
	}

	/** Runs a stored workflow from its trigger and waits for the end. */
	async runWorkflow(workflow: StoredWorkflow, trigger: string): Promise<Execution> {
		const { executionId } = await this.request<{ executionId: string }>(
			'POST',
			`/rest/workflows/${workflow.id}/run`,
			// n8n 2.41 runs the stored workflow; older versions want it once more, and any takes both.
			{ workflowData: workflow, startNodes: [], triggerToStartFrom: { name: trigger } },
		);
		return await this.finishedExecution(executionId);
	}

	/** Runs one node as a person does in the editor, on what earlier steps left behind. */
	async runStep(
		workflow: StoredWorkflow,
		node: string,
		runData: ResultData['runData'],
	): Promise<Execution> {
		const { executionId } = await this.request<{ executionId: string }>(
			'POST',
			`/rest/workflows/${workflow.id}/run`,
			{
				workflowData: workflow,
				runData,
				startNodes: [],
				destinationNode: { nodeName: node, mode: 'inclusive' },
				dirtyNodeNames: [],
			},
		);
		return await this.finishedExecution(executionId);
	}

	/** Retries an execution with the workflow as it was then, and waits for the end. */
	async retry({ id }: Execution): Promise<Execution> {
		const path = `/rest/executions/${id}/retry`;
		const retried = await this.request<{ id: string }>('POST', path, { loadWorkflow: false });
		return await this.finishedExecution(retried.id);
	}

	/** Waits until so many executions of a workflow have ended, and reads them in the order of their begin. */
	async endedExecutionsOf(workflowId: string, count: number): Promise<Execution[]> {
		const ids = await this.until(`${count} executions ended`, async () => {
			const all = await this.executionsOf(workflowId);
			const areOver = all.length === count && all.every(({ status }) => FINISHED.has(status));
			return areOver ? all.map(({ id }) => id) : undefined;
		});
		return await Promise.all(ids.reverse().map(async (id) => await this.finishedExecution(id)));
	}

	/** Publishes a workflow and waits until its webhooks answer. */
	async activateWorkflow({ id, versionId }: StoredWorkflow): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/activate`, { versionId });
		await this.until('the workflow was published', async () => {
			try {
				const path = `/rest/workflows/${id}/publication-status`;
				const published = await this.request<unknown>('GET', path);
				return JSON.stringify(published).includes('"published"') || undefined;
			} catch (error) {
				// Versions without this route publish at once.
				if (error instanceof N8nError && error.status === 404) return true;
				throw error;
			}
		});
	}

	/** The executions of a workflow that exist by now. */
	async executionsOf(workflowId: string): Promise<StoredExecution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.request<{ results: StoredExecution[] }>(
			'GET',
			`/rest/executions?limit=50&filter=${filter}`,
		);
		return results;
	}

	/** Waits for the end of an execution and reads it. */
	async finishedExecution(id: string): Promise<Execution> {
		return await this.until(`execution ${id} ended`, async () => {
			const { status, data } = await this.request<StoredExecution>('GET', `/rest/executions/${id}`);
			if (!FINISHED.has(status) || data === undefined) return undefined;
			// The data may be written a moment after the status: until then it is an empty list, or has no run in it.
			const { resultData } = (parseFlatted(data) ?? {}) as { resultData?: ResultData };
			const isWritten = status !== 'success' || Object.keys(resultData?.runData ?? {}).length > 0;
			return resultData && isWritten ? { id, status, result: resultData } : undefined;
		});
	}

	/** Asks again until there is an answer. */
	async until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
		const deadline = Date.now() + WAIT_MILLISECONDS;
		for (;;) {
			const answer = await ask();
			if (answer !== undefined) return answer;
			if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
			await sleep(POLL_MILLISECONDS);
		}
	}

	private async request<T>(
		method: 'GET' | 'POST' | 'DELETE',
		path: string,
		body?: unknown,
	): Promise<T> {
		const response = await this.send(method, path, body);
		const cookie = response.headers.getSetCookie().find((one) => one.startsWith('n8n-auth='));
		if (cookie !== undefined) this.cookie = cookie.split(';')[0];
		const text = await response.text();
		if (!response.ok) throw new N8nError(`${method} ${path}`, response.status, text);
		const parsed = JSON.parse(text) as T | { data: T };
		const wrapped = typeof parsed === 'object' && parsed !== null && 'data' in parsed;
		return wrapped && path.startsWith('/rest/') ? parsed.data : (parsed as T);
	}

	private async send(
		method: 'GET' | 'POST' | 'DELETE',
		path: string,
		body: unknown,
	): Promise<Response> {
		const options: RequestInit = {
			method,
			headers: {
				'content-type': 'application/json',
				'browser-id': this.browserId,
				...(this.cookie !== undefined && { cookie: this.cookie }),
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		};
		try {
			return await fetch(this.url + path, options);
		} catch (error) {
			// A busy n8n resets connections that were kept alive; reading once more is harmless.
			if (method !== 'GET') throw error;
			await sleep(300);
			return await fetch(this.url + path, options);
		}
	}
}
