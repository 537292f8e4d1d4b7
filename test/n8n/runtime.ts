import { existsSync } from 'node:fs';
import path from 'node:path';
import { UserError } from './userError';
import type { N8nVersion } from './version';

/** The Node.js that runs n8n; it need not be the one that runs the tests. */
export interface N8nRuntime {
	/** Whether it comes out of n8n's own folder, from the registry, rather than being this process's. */
	bundled: boolean;
	/** The part of the cache folder's name that keeps builds for different Node.js versions apart. */
	cacheSuffix: string;
}

/**
 * Chooses the Node.js for an n8n: this process's own if it is the version n8n was pinned with, else
 * the one n8n's folder brings, else this process's own if n8n accepts it.
 */
export function chooseRuntime({ version, nodeRange, bundledNode }: N8nVersion): N8nRuntime {
	const own = process.versions.node;
	if (bundledNode) {
		const ownMajor = Number.parseInt(own, 10);
		return { bundled: ownMajor !== bundledNode.major, cacheSuffix: '' };
	}
	if (!isInRange(own, nodeRange)) {
		throw new UserError(
			`n8n ${version} needs Node.js ${nodeRange} and this is ${own}: ` +
				'run the command with a Node.js in that range.',
		);
	}
	// Native modules built for a newer Node.js crash an older one.
	return { bundled: false, cacheSuffix: `-node${Number.parseInt(own, 10)}` };
}

/** The Node.js executable for an n8n installed in `folder`. */
export function nodeExecutable(
	{ bundled }: N8nRuntime,
	{ bundledNode }: N8nVersion,
	folder: string,
): string {
	if (!bundled || !bundledNode) return process.execPath;
	const name = process.platform === 'win32' ? 'node.exe' : 'node';
	return path.join(folder, 'node_modules', bundledNode.packageName, 'bin', name);
}

/**
 * The last n8n 1.x evaluates expressions in a native module that has no form for Node.js 20; the
 * older engine, which is still in it, needs none.
 */
export function neededEnvironment(
	{ bundled }: N8nRuntime,
	{ version }: N8nVersion,
): Record<string, string> {
	const isOldNode = !bundled && Number.parseInt(process.versions.node, 10) < 22;
	return version.startsWith('1.') && isOldNode ? { N8N_EXPRESSION_ENGINE: 'legacy' } : {};
}

/** The folder whose `include` has the headers of a Node.js, so that nothing is downloaded to build. */
export function headersFolder(executable: string): string | undefined {
	const prefix = path.dirname(path.dirname(executable));
	return existsSync(path.join(prefix, 'include', 'node', 'node.h')) ? prefix : undefined;
}

/** Enough of semver for the ranges n8n uses: ">=24.0.0", ">=20.19 <=24.x". */
export function isInRange(version: string, range: string): boolean {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const least = />=\s*(\d+)(?:\.(\d+))?/.exec(range);
	const most = /<=\s*(\d+)/.exec(range);
	if (least) {
		const [leastMajor, leastMinor] = [Number(least[1]), Number(least[2] ?? 0)];
		if (major < leastMajor || (major === leastMajor && minor < leastMinor)) return false;
	}
	return !most || major <= Number(most[1]);
}
