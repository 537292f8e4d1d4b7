import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runNpm } from './process';
import { UserError, withProgress } from './script';

/** The n8n of the demo and the tests: a folder here with a package.json, and with a lockfile for the one of CI. */
export const CHOSEN_VERSION = process.env.N8N_VERSION || '2.41.1';

/** Outside the checkout, so that a fresh clone finds what is installed. */
const CACHE = path.join(os.homedir(), '.cache', 'n8n-nodes-perculus');

/** An n8n that can be started. */
export interface InstalledN8n {
	version: string;
	/** The Node.js to run it with. */
	node: string;
	/** What Node.js gets before a command of n8n. */
	args: string[];
	/** What it needs in its environment on this Node.js. */
	environment: Record<string, string>;
}

/** Returns the chosen n8n, from the cache; it is installed there the first time, which takes minutes. */
export async function installN8n(): Promise<InstalledN8n> {
	const source = path.join(__dirname, CHOSEN_VERSION);
	if (!existsSync(source)) {
		const versions = readdirSync(__dirname).filter((name) => /^\d/.test(name));
		throw new UserError(`Set N8N_VERSION to ${versions.join(' or ')}, not ${CHOSEN_VERSION}.`);
	}
	const isLocked = existsSync(path.join(source, 'package-lock.json'));
	const text = readFileSync(path.join(source, isLocked ? 'package-lock.json' : 'package.json'));
	const hash = createHash('sha256').update(text).digest('hex');
	const { bundled, suffix } = chooseNode(source);
	const folder = path.join(CACHE, `n8n-${CHOSEN_VERSION}-${hash.slice(0, 12)}${suffix}`);
	const modules = path.join(folder, 'node_modules');
	const node = bundled === undefined ? process.execPath : path.join(modules, bundled);
	// Written last: an install that was interrupted begins again.
	const stamp = path.join(folder, '.complete');
	if (!existsSync(stamp)) {
		mkdirSync(folder, { recursive: true });
		cpSync(source, folder, { recursive: true });
		await install(folder, node, isLocked);
		writeFileSync(stamp, hash);
	}
	return {
		version: CHOSEN_VERSION,
		node,
		args: [
			'--require',
			path.join(__dirname, 'endWithParent.cjs'),
			path.join(modules, 'n8n', 'bin', 'n8n'),
		],
		// n8n 1.x has its newer engine for expressions only in a form for Node.js 22 and later.
		environment: suffix === '-node20' ? { N8N_EXPRESSION_ENGINE: 'legacy' } : {},
	};
}

/** The Node.js that an n8n brings for this machine (its path in node_modules), else this process's own. */
function chooseNode(source: string): { bundled?: string; suffix: string } {
	const { engines, optionalDependencies = {} } = JSON.parse(
		readFileSync(path.join(source, 'package.json'), 'utf8'),
	) as { engines: { node: string }; optionalDependencies?: Record<string, string> };
	const bundled = `node-${process.platform}-${process.arch}`;
	if (bundled in optionalDependencies)
		return { bundled: path.join(bundled, 'bin', 'node'), suffix: '' };
	const own = process.versions.node;
	const major = Number.parseInt(own, 10);
	const [, least = 0, most = Infinity] = />=(\d+)(?:.*<=(\d+))?/.exec(engines.node) ?? [];
	if (major < Number(least) || major > Number(most)) {
		throw new UserError(`n8n ${CHOSEN_VERSION} needs Node.js ${engines.node} and this is ${own}.`);
	}
	// Native modules are built for one major version.
	return { suffix: `-node${major}` };
}

async function install(folder: string, node: string, isLocked: boolean): Promise<void> {
	console.log(`  n8n ${CHOSEN_VERSION} isn't on this machine yet: 3 GB, a few minutes, once.`);
	await withProgress(`Downloading n8n ${CHOSEN_VERSION}`, async () => {
		// Without install scripts: one of them needs GitHub, and only one is needed.
		await runNpm([isLocked ? 'ci' : 'install', '--ignore-scripts'], { cwd: folder });
	});
	await withProgress("Building n8n's database driver", async () => {
		const prefix = path.dirname(path.dirname(node));
		const hasHeaders = existsSync(path.join(prefix, 'include', 'node', 'node.h'));
		// The flag is needed: `npm run` passes on the project's "ignore-scripts", and nothing would be built.
		await runNpm(['rebuild', 'sqlite3', '--ignore-scripts=false'], {
			cwd: folder,
			env: {
				...process.env,
				PATH: [path.dirname(node), process.env.PATH].join(path.delimiter),
				...(hasHeaders && { npm_config_nodedir: prefix }),
			},
		});
	});
}
