import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../n8n/process';
import { UserError, withProgress } from '../n8n/script';

/** Where Debian keeps PostgreSQL's programs, one folder for each version. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** The programs queue mode needs besides n8n. */
export interface Programs {
	redisServer: string;
	/** The folder with PostgreSQL's `initdb`, `postgres` and `psql`. */
	postgresFolder: string;
}

/** Finds Redis and PostgreSQL, and installs them first where that can be done. */
export async function findPrograms(): Promise<Programs> {
	const found = find();
	if (isProgram(found)) return found;
	const missing = [
		...(found.redisServer === undefined ? ['redis-server'] : []),
		...(found.postgresFolder === undefined ? ['postgresql'] : []),
	];
	const isRoot = process.getuid?.() === 0;
	if (isRoot && onPath('apt-get') !== undefined) {
		await withProgress(`Installing ${missing.join(' and ')}`, async () => {
			await aptInstall(missing);
		});
		const now = find();
		if (isProgram(now)) return now;
	}
	throw new UserError(
		`Queue mode needs Redis and PostgreSQL, and ${missing.join(' and ')} cannot be found: install ` +
			`${missing.length === 1 ? 'it' : 'them'} (Debian, Ubuntu: apt-get install ` +
			`${missing.join(' ')}) and run this again.`,
	);
}

function isProgram(found: Partial<Programs>): found is Programs {
	return found.redisServer !== undefined && found.postgresFolder !== undefined;
}

function find(): Partial<Programs> {
	return { redisServer: onPath('redis-server'), postgresFolder: postgresFolder() };
}

function postgresFolder(): string | undefined {
	const versions = existsSync(DEBIAN_POSTGRES) ? readdirSync(DEBIAN_POSTGRES) : [];
	const newest = versions
		.sort((one, other) => Number(other) - Number(one))
		.map((version) => path.join(DEBIAN_POSTGRES, version, 'bin'))
		.find((folder) => existsSync(path.join(folder, 'initdb')));
	const initdb = onPath('initdb');
	return newest ?? (initdb === undefined ? undefined : path.dirname(initdb));
}

function onPath(name: string): string | undefined {
	for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
		const file = path.join(folder, name);
		try {
			accessSync(file, constants.X_OK);
			return file;
		} catch {
			// Not in this folder.
		}
	}
	return undefined;
}

async function aptInstall(packages: string[]): Promise<void> {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const apt = async (...args: string[]) => {
		// Another installation may be under way on this machine.
		await runCommand('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...args], {
			cwd: '/',
			env,
		});
	};
	await apt('update');
	await apt('install', '-y', '--no-install-recommends', ...packages);
}
