import type { N8nClient } from '../n8n/client';
import { outputOf, type WorkflowNode } from '../n8n/execution';
import { type PerculusServer, startPerculusServer } from '../perculus-server';
import { chain, connect, credentialFor, perculusNode } from './stage';

/** Expressions that the editor writes when a field is dragged, and similar ones. */
const EXPRESSIONS = [
	'={{ $json.title }}',
	'={{ $json["Ders Adı"] }}',
	"={{ $json['Start Date'] }}",
	'={{ $json.teacher.name }}',
	'={{ $json.list[1] }}',
	'={{ $json["say \\"so\\""] }}',
	'={{ $json["teacher\'s"] }}',
	'={{ $json.missing }}',
	'={{ $json.empty }}',
	'={{ $json.number }}',
	'={{ $json.length }}',
	'={{ $json.title.length }}',
	'={{ $json.first }}',
	'={{$json.title}}',
];

/** Texts that contain such expressions, and similar ones. */
const TEXTS = [
	'=Course {{ $json.title }}',
	'={{ $json.title }} {{ $json["Ders Adı"] }}',
	'={{ $json.title }}{{ $json.number }}{{ $json.missing }}',
	'=  {{ $json.title }}\n',
	'={{ $json.teacher.name }}/{{ $json.list[0] }}',
	'=no, yes, null: {{ $json.no }}, {{ $json.yes }}, {{ $json.empty }}',
	'=list and object: {{ $json.list }} {{ $json.teacher }}',
	'=odd: {{ $json.odd.value }}',
	'=={{ $json.title }}',
	'=}} { {{ $json.title }} }',
	'=${1} `"\'/* {{ $json.title }} */ \u2028 \t 🎓',
	'=C:\\dir\\{{ $json.title }}',
	'=\\{{ $json.title }} {{ $json.title }}',
	'=Course',
	'=toString {{ $json.length }} {{ $json.first }}',
	'={{ $json.title }} {{ $json.number + 1 }}',
];

const ROWS = [
	{ title: 'Algebra', 'Ders Adı': 'Cebir', teacher: { name: 'A' }, list: ['x', 'y'], number: 1 },
	{ title: '={{ 1 + 1 }}', 'Ders Adı': '', teacher: { name: null }, list: [], number: 0.5 },
	{ title: 7, 'Start Date': '2035', teacher: {}, list: ['only'], empty: null, length: 'long' },
	{ title: '{{ $json.number }}', yes: true, no: false, empty: '', teacher: { name: '\\}}' } },
	{
		title: '🎓',
		'say "so"': 'so',
		"teacher's": 'hers',
		list: [1, 2, 3],
		first: 'named',
		number: -3,
	},
];

/** Values that no sheet has; created by an expression, because a Code node passes on JSON. */
const ODD = ['NaN', '-0', '1e21', '-1e-7', 'new Date(0)'];

let placed = 0;
const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: object,
): WorkflowNode => ({
	id: `node-${++placed}`,
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: [placed * 200, 0],
	parameters: parameters as Record<string, unknown>,
});

/** Adds a field to every item. */
const assign = (name: string, field: string, value: { type: string; value: string }) =>
	node(name, 'set', 3.4, {
		assignments: { assignments: [{ id: field, name: field, ...value }] },
		includeOtherFields: true,
		options: {},
	});

describe("Dragged fields and texts with them, compared with n8n's own expressions", () => {
	let n8n: N8nClient;
	let perculus: PerculusServer;

	beforeAll(async () => {
		n8n = await connect();
		perculus = await startPerculusServer();
	});

	afterAll(async () => {
		await perculus.stop();
	});

	it.each([...EXPRESSIONS, ...TEXTS])(
		'sends the value of %j as n8n evaluates it',
		async (expression) => {
			perculus.reset();
			const credential = await n8n.createCredential(
				'Plain',
				'perculusApi',
				credentialFor(perculus),
			);
			// In an object, n8n's evaluation keeps the type of the value; a text is always a string.
			const judged = TEXTS.includes(expression)
				? { type: 'string', value: expression }
				: { type: 'object', value: `={{ ({ value: ${expression.slice(3, -2)} }) }}` };
			const odd = {
				type: 'object',
				value: `={{ ({ value: [${ODD.join()}][$itemIndex % ${ODD.length}] }) }}`,
			};
			// Twice, because the node asks n8n for the first item of each kind.
			const rows = [...ROWS, ...ROWS].map((row, i) => ({ ...row, key: `row ${i}` }));
			const value = {
				name: '={{ $json.key }}',
				description: expression,
				start_date: '2035-03-05 14:00',
				duration: 60,
			};
			const workflow = chain(
				expression,
				node('Start', 'manualTrigger', 1, {}),
				node('Rows', 'code', 2, {
					jsCode: `return ${JSON.stringify(rows)}.map((json) => ({ json }));`,
				}),
				assign('Odd', 'odd', odd),
				perculusNode(credential, {
					parameters: {
						resource: 'session',
						operation: 'create',
						fields: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
						options: {},
					},
				}),
			);
			// In parallel, for the same items: a node in between would copy them, and change a date to text.
			workflow.nodes.push(assign('n8n', 'judged', judged));
			workflow.connections.Odd?.main[0]?.push({ node: 'n8n', type: 'main', index: 0 });
			const execution = await n8n.runWorkflow(await n8n.createWorkflow(workflow), 'Start');
			expect(execution.result.error).toBeUndefined();

			const byN8n = outputOf(execution, 'n8n').map(({ json }) => {
				const seen =
					judged.type === 'string'
						? json.judged
						: (json.judged as { value?: unknown } | null)?.value;
				const isSent = seen !== undefined && seen !== null && String(seen).trim() !== '';
				return [json.key, isSent ? String(seen) : undefined];
			});
			const sent = (perculus.batches()[0] ?? []).map(({ name, description }) => [
				name,
				description,
			]);
			expect(sent).toEqual(byN8n);
		},
	);
});
