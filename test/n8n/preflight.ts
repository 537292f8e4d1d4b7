import { accessSync, constants } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { CommandError, runNpm } from './command';
import { UserError } from './userError';

const NEEDED_GIGABYTES = 6;
const PREBUILT_HOST = 'https://github.com';
const NETWORK_FAULT =
	/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR)\b/;

/** Tells what is missing before the minutes of an installation are spent. */
export async function checkMachine(cacheFolder: string, version: string): Promise<void> {
	await checkDisk(cacheFolder);
	await checkCompiler();
	await checkRegistry(cacheFolder, version);
}

async function checkDisk(folder: string): Promise<void> {
	const { bavail, bsize } = await statfs(folder);
	const free = (bavail * bsize) / 1e9;
	if (free >= NEEDED_GIGABYTES) return;
	throw new UserError(
		`Installing n8n needs ${NEEDED_GIGABYTES} GB of free disk space and ${folder} has ` +
			`${free.toFixed(1)} GB: free some, or set PERCULUS_N8N_CACHE to a folder on a larger disk.`,
	);
}

/**
 * n8n's database driver is compiled here unless its ready-made form can be downloaded, which is
 * only possible where GitHub can be reached.
 */
async function checkCompiler(): Promise<void> {
	const missing = missingTools();
	if (missing.length === 0 || (await isReachable(PREBUILT_HOST))) return;
	throw new UserError(compilerSentence(missing));
}

/** The sentence for a machine on which n8n's database driver cannot be built. */
export function compilerSentence(missing = missingTools()): string {
	return (
		`n8n's database driver has to be compiled here and ${missing.join(', ')} ` +
		`${missing.length === 1 ? 'is' : 'are'} missing: install python3, make and g++ ` +
		'(Debian, Ubuntu: apt-get install python3 make g++) and run this again.'
	);
}

/** The build tools this machine lacks. */
export function missingTools(): string[] {
	const tools: Array<[string, string[]]> = [
		['python3', ['python3', 'python']],
		['make', ['make', 'gmake']],
		['g++', ['g++', 'c++', 'clang++']],
	];
	return tools.filter(([, names]) => !names.some(isOnPath)).map(([tool]) => tool);
}

function isOnPath(name: string): boolean {
	return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
		try {
			accessSync(path.join(folder, name), constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}

async function isReachable(url: string): Promise<boolean> {
	try {
		await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5_000) });
		return true;
	} catch {
		return false;
	}
}

/** Asks through npm itself, which knows the person's registry, proxy and login. */
async function checkRegistry(folder: string, version: string): Promise<void> {
	const patience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-timeout=20000'];
	const args = ['view', `n8n@${version}`, 'version', ...patience];
	try {
		if ((await runNpm(args, { cwd: folder })).trim() !== '') return;
	} catch (error) {
		if (!(error instanceof CommandError)) throw error;
		if (isNetworkFault(error)) throw new UserError(networkSentence());
		if (!/\bE404\b/.test(error.output)) throw error;
	}
	throw new UserError(`The npm registry does not offer n8n ${version}.`);
}

/** Whether a command of npm failed because the registry could not be reached. */
export function isNetworkFault(error: CommandError): boolean {
	return NETWORK_FAULT.test(error.output);
}

/** The sentence for a registry out of reach. */
export function networkSentence(): string {
	return (
		'n8n has to be downloaded once and the npm registry cannot be reached: check the network, ' +
		'the proxy and the registry of your npm settings, then run this again.'
	);
}
