import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { UserError } from './userError';

/** The n8n the demo and the end-to-end tests use unless `N8N_VERSION` says otherwise. */
const DEFAULT_VERSION = '2.41.1';

interface Manifest {
	engines?: { node?: string };
}

interface Lockfile {
	packages: Record<string, ({ version?: string } & Manifest) | undefined>;
}

/** One n8n: a folder `test/n8n/<version>` with a package.json, and a lockfile for the one that CI uses. */
export interface N8nVersion {
	version: string;
	manifestFolder: string;
	isLocked: boolean;
	/** Of the lockfile, or of the package.json without one. */
	hash: string;
	/** The Node.js versions it runs on, such as ">=24.0.0". */
	nodeRange: string;
	/** The package that carries a Node.js for this machine, where the lockfile has one. */
	bundledNode: { packageName: string; major: number } | undefined;
}

/** Reads the n8n chosen by `N8N_VERSION`. */
export function chosenVersion(version = process.env.N8N_VERSION || DEFAULT_VERSION): N8nVersion {
	const manifestFolder = path.join(__dirname, version);
	const manifest = path.join(manifestFolder, 'package.json');
	const lockfile = path.join(manifestFolder, 'package-lock.json');
	if (!existsSync(manifest)) {
		throw new UserError(
			`n8n ${version} isn't prepared here. ` +
				`Set N8N_VERSION to one of: ${preparedVersions().join(', ')}.`,
		);
	}
	const isLocked = existsSync(lockfile);
	const text = readFileSync(isLocked ? lockfile : manifest, 'utf8');
	const packages = isLocked ? (JSON.parse(text) as Lockfile).packages : {};
	const { engines } = isLocked
		? (packages['node_modules/n8n'] ?? {})
		: (JSON.parse(text) as Manifest);
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const packageName = `node-${platform}-${process.arch}`;
	const bundled = packages[`node_modules/${packageName}`]?.version;
	return {
		version,
		manifestFolder,
		isLocked,
		hash: createHash('sha256').update(text).digest('hex'),
		nodeRange: engines?.node ?? '*',
		bundledNode:
			bundled === undefined ? undefined : { packageName, major: Number.parseInt(bundled, 10) },
	};
}

/** The versions that have a folder here, the newest first. */
function preparedVersions(): string[] {
	const versions = readdirSync(__dirname).filter((name) => /^\d/.test(name));
	return versions.sort((one, other) => other.localeCompare(one, 'en', { numeric: true }));
}
