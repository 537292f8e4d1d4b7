import '../engine/harness/environment';

import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { PackageDirectoryLoader } from 'n8n-core';

import { filesIn, packAndUnpack } from './packed';

const PROJECT = path.resolve(__dirname, '..', '..');

interface Manifest {
	name: string;
	author: { name: string; email: string };
	repository: { type: string; url: string };
	bugs: { url: string };
	n8n: { nodes: string[]; credentials: string[] };
	scripts: Record<string, string>;
}

let temporary: string;
let root: string;
let files: Map<string, number>;
let manifest: Manifest & Record<string, unknown>;

beforeAll(async () => {
	temporary = mkdtempSync(path.join(tmpdir(), 'perculus-package-'));
	root = await packAndUnpack(temporary);
	files = filesIn(root);
	manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as typeof manifest;
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const names = () => [...files.keys()].sort();
const dist = () => names().filter((name) => name.startsWith('dist/'));

describe('The packed package', () => {
	it('the package contains only dist, the license, the README and package.json', () => {
		expect(names().filter((name) => !name.startsWith('dist/'))).toEqual([
			'LICENSE',
			'README.md',
			'package.json',
		]);
	});

	it('the files of the package take less than 300 kB', () => {
		const bytes = [...files.values()].reduce((sum, size) => sum + size, 0);
		expect(bytes).toBeLessThan(300_000);
	});

	it('dist contains only code, icons and JSON files, one for each source', () => {
		const sourceOf = (name: string) =>
			path.join(PROJECT, name.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
		for (const name of dist()) {
			expect(name).toMatch(/^dist\/(?:nodes|credentials)\/.+\.(?:js|json|svg)$/);
			expect([name, existsSync(sourceOf(name))]).toEqual([name, true]);
		}
		const isShipped = (name: string) => /^(?!.*\.d\.ts$).*\.(?:ts|json|svg)$/.test(name);
		const sources = ['nodes', 'credentials'].flatMap((folder) =>
			[...filesIn(path.join(PROJECT, folder)).keys()]
				.filter(isShipped)
				.map((name) => `dist/${folder}/${name.replace(/\.ts$/, '.js')}`),
		);
		expect(dist()).toEqual(sources.sort());
	});

	it('the package contains no tests, no lock files, no source maps and no links to them', () => {
		expect(names().filter((name) => /test|\.map$|(?:-|\.)lock/i.test(name))).toEqual([]);
		for (const name of dist()) {
			expect(readFileSync(path.join(root, name), 'utf8')).not.toContain('sourceMappingURL');
		}
	});
});

describe('package.json', () => {
	it('package.json has only the peer dependency n8n-workflow, no dependencies and no install scripts', () => {
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		for (const key of [
			'dependencies',
			'optionalDependencies',
			'bundleDependencies',
			'bundledDependencies',
			'overrides',
		])
			expect(manifest).not.toHaveProperty(key);
		for (const script of ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'])
			expect(manifest.scripts).not.toHaveProperty(script);
	});

	it('package.json has the name, keyword, license, author and addresses that n8n and npm require', () => {
		expect(manifest.name).toBe('n8n-nodes-perculus');
		expect(manifest.version).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.license).toBe('MIT');
		expect(manifest.files).toEqual(['dist']);
		expect(manifest.author).toEqual({
			name: expect.stringMatching(/\S/) as string,
			email: expect.stringMatching(/^\S+@\S+$/) as string,
		});
		const { type, url } = manifest.repository;
		expect(type).toBe('git');
		expect(url).toMatch(/^git\+https:\/\/github\.com\/[\w.-]+\/[\w.-]+\.git$/);
		const home = url.replace(/^git\+|\.git$/g, '');
		expect(manifest.homepage).toBe(`${home}#readme`);
		expect(manifest.bugs.url).toBe(`${home}/issues`);
	});

	it('package.json names existing files for n8n', () => {
		const { nodes, credentials } = manifest.n8n;
		expect(nodes).toEqual([
			'dist/nodes/Perculus/Perculus.node.js',
			'dist/nodes/PerculusTrigger/PerculusTrigger.node.js',
		]);
		expect(credentials).toEqual(['dist/credentials/PerculusApi.credentials.js']);
		for (const name of [...nodes, ...credentials]) expect(files.has(name)).toBe(true);
	});
});

describe('The loader of n8n', () => {
	it("n8n's loader loads both nodes and their credential with icons and codex", async () => {
		// n8n provides its own modules to community packages; here, those of the project replace them.
		symlinkSync(path.join(PROJECT, 'node_modules'), path.join(temporary, 'node_modules'));
		const loader = new PackageDirectoryLoader(root);
		await loader.loadAll();
		const home = String(manifest.homepage).replace('#readme', '');

		const { nodes, credentials } = loader.types;
		expect(nodes.map(({ name }) => name)).toEqual(['perculus', 'perculusTrigger']);
		expect(credentials.map(({ name }) => name)).toEqual(['perculusApi']);
		expect(loader.known.credentials.perculusApi?.supportedNodes).toEqual([
			'perculus',
			'perculusTrigger',
		]);
		const [credential] = credentials;
		for (const { codex } of nodes) {
			expect(codex).toMatchObject({
				categories: ['Communication', 'Productivity'],
				alias: expect.arrayContaining(['webinar', 'virtual classroom']) as string[],
				resources: { primaryDocumentation: [{ url: expect.stringContaining(home) as string }] },
			});
		}
		for (const icons of [...nodes, credential].map((it) => it?.iconUrl)) {
			expect(icons).toEqual({
				light: 'icons/n8n-nodes-perculus/dist/nodes/Perculus/perculus.svg',
				dark: 'icons/n8n-nodes-perculus/dist/nodes/Perculus/perculus.dark.svg',
			});
			for (const icon of Object.values(icons as Record<string, string>))
				expect(files.has(icon.replace('icons/n8n-nodes-perculus/', ''))).toBe(true);
		}
	});

	it("n8n's loader finds the folder with an output schema for each operation", async () => {
		const loader = new PackageDirectoryLoader(root);
		await loader.loadAll();
		const folder = path.posix.dirname(loader.known.nodes.perculus?.sourcePath ?? '');
		const [description] = loader.types.nodes;
		const operations = (description?.properties ?? []).filter(({ name }) => name === 'operation');
		const schemas = operations.flatMap(({ options = [], displayOptions }) =>
			options.flatMap((one) =>
				'value' in one
					? `${folder}/__schema__/v1.0.0/${String(displayOptions?.show?.resource)}/${String(one.value)}.json`
					: [],
			),
		);
		expect(schemas).toHaveLength(12);
		expect(names().filter((name) => name.includes('__schema__'))).toEqual(schemas.sort());
	});
});
