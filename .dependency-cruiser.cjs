/**
 * Imports go one way: each room may use those before it, never those after it. Types count as imports.
 * credentials use values alone, and transport asks them for the words of a refusal to sign.
 */
const ROOMS = [
	'values',
	'messages',
	'transport',
	'lookup',
	'batch',
	'each',
	'resources',
	'methods',
	'router',
	'Perculus.node',
];

const inRoom = (name) => `^nodes/Perculus/${name.replace('.', '\\.')}(?:/|\\.ts$)`;

/** A room's rule: nothing that comes later. */
const later = ROOMS.map((room, place) => ({
	name: `${room}-uses-what-comes-before`,
	comment: `${ROOMS.join(' <- ')}: ${room} must not import a later room`,
	severity: 'error',
	from: { path: inRoom(room) },
	to: {
		path: ROOMS.slice(place + 1)
			.map(inRoom)
			.concat('^test/'),
	},
})).slice(0, -1);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		...later,
		{
			name: 'resources-do-not-know-each-other',
			severity: 'error',
			from: { path: '^nodes/Perculus/resources/([^/]+)/' },
			to: { path: '^nodes/Perculus/resources/', pathNot: '^nodes/Perculus/resources/$1/' },
		},
		{
			name: 'values-know-no-n8n',
			severity: 'error',
			from: { path: inRoom('values') },
			to: { path: 'n8n-workflow' },
		},
		{
			name: 'credentials-use-values-alone',
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
