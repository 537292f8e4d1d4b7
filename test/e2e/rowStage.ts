import { dayFrom } from '../demo/example';
import type { Execution, Item, Workflow, WorkflowNode } from '../n8n/execution';
import { emptyAccount } from './account';
import { perculusNode } from './stage';

/** A row that becomes a session, whose name is its reference. */
export const row = (reference: string, more: object = {}) => ({
	session_reference: reference,
	name: reference,
	start_date: `${dayFrom(new Date(), 30)} 14:00`,
	timezone: 'Europe/Istanbul',
	duration: 60,
	...more,
});

/** A row that Perculus refuses. */
export const tooLate = (reference: string) => row(reference, { start_date: '2020-03-05 14:00' });

/** The reference and the outcome of an item. */
export const resultOf = ({ json }: Item): string => {
	const { outcome, session = json } = json as { outcome?: string; session?: Item['json'] };
	return `${String(session.session_reference)} ${outcome}`;
};

/** The items of one run of a node. */
export const itemsOf = ({ result }: Execution, node: string, output = 0, run = 0): Item[] =>
	result.runData[node]?.[run]?.data?.main?.[output] ?? [];

/** The references and outcomes on both outputs of the Perculus node. */
export const resultsOf = (execution: Execution, run = 0): string[][] =>
	[0, 1].map((output) => itemsOf(execution, 'Perculus', output, run).map(resultOf));

/** n8n, and a Perculus account that is empty before each test; for a `describe` to call once. */
export function rowStage() {
	const account = emptyAccount();

	return {
		get n8n() {
			return account.n8n;
		},
		get perculus() {
			return account.perculus;
		},
		perculusNode: (extra: Partial<WorkflowNode> = {}) => perculusNode(account.credential, extra),
		/** Runs a new workflow by hand. */
		run: async (workflow: Workflow): Promise<Execution> =>
			await account.n8n.runWorkflow(await account.n8n.createWorkflow(workflow), 'Start'),
	};
}
