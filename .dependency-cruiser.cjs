/**
 * Imports go one way: a room may use those before it, never those after it. Types count as imports.
 * session and attendee stand side by side and don't know each other; so do methods and actions.
 * The trigger stands beside the node: it uses what is before the router, and nothing uses it.
 * credentials use values only, and transport asks them why they refuse to sign.
 */
const LEVELS = [
	['values'],
	['messages'],
	['transport'],
	['batch'],
	['session', 'attendee'],
	['actions', 'methods'],
	['router'],
	['Perculus.node'],
];

const inRoom = (name) => `^nodes/Perculus/${name.replace('.', '\\.')}(?:/|\\.ts$)`;

const oneWay = LEVELS.flatMap((rooms, level) =>
	rooms.map((room) => ({
		name: `${room}-uses-what-comes-before`,
		comment: `${LEVELS.map((names) => names.join(', ')).join(' <- ')}`,
		severity: 'error',
		from: { path: inRoom(room) },
		to: {
			path: LEVELS.slice(level)
				.flat()
				.filter((other) => other !== room)
				.map(inRoom)
				.concat('^test/'),
		},
	})),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		...oneWay,
		{
			name: 'an-operation-does-not-know-its-neighbours',
			severity: 'error',
			from: { path: '\\.operation\\.ts$' },
			to: { path: '\\.operation\\.ts$' },
		},
		{
			name: 'the-trigger-stands-beside-the-node',
			severity: 'error',
			from: { path: '^nodes/PerculusTrigger/' },
			to: {
				path: '^nodes/Perculus/',
				pathNot: [
					...['values', 'messages', 'transport', 'session'].map(inRoom),
					'^nodes/Perculus/actions/(?:shared/options|session/filtersParameter)',
				],
			},
		},
		{
			name: 'the-trigger-is-used-by-nothing',
			severity: 'error',
			from: { pathNot: '^nodes/PerculusTrigger/' },
			to: { path: '^nodes/PerculusTrigger/' },
		},
		{
			name: 'values-know-no-n8n',
			severity: 'error',
			from: { path: inRoom('values') },
			to: { path: 'n8n-workflow' },
		},
		{
			name: 'credentials-use-values-only',
			severity: 'error',
			from: { path: '^credentials/' },
			to: { path: '^nodes/', pathNot: inRoom('values') },
		},
		{ name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
		{
			name: 'every-file-is-used',
			severity: 'error',
			comment: 'nothing leads from the node or the credential to it',
			from: { path: '\\.(?:node|credentials)\\.ts$' },
			to: {
				path: '^(?:nodes|credentials)/.*\\.ts$',
				pathNot: '\\.(?:node|credentials)\\.ts$',
				reachable: false,
			},
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		includeOnly: '^(?:nodes|credentials)/|n8n-workflow|luxon',
	},
};
