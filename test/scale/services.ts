import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cleanup, UserError, withProgress } from '../n8n/script';
import { freePort, type OwnProcess, runCommand, signalGroup, waitUntilReady } from '../n8n/process';

/** The role and the database, both of that name; logins are free, on the loopback address only. */
export const DATABASE = 'n8n';

/** Where Debian has the programs of PostgreSQL, one folder for each version. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';
const STOP_MILLISECONDS = 15_000;

interface User {
	uid: number;
	gid: number;
}

/** Redis and PostgreSQL of our own, with nothing in them. */
export interface Services {
	redisPort: number;
	postgresPort: number;
	/** Runs a statement in n8n's database; a row is a list of texts. */
	query(statement: string): Promise<string[][]>;
}

/** Starts Redis and PostgreSQL on ports of their own. */
export async function startServices(cleanup: Cleanup): Promise<Services> {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'n8n-nodes-perculus-queue-'));
	cleanup.add(() => fs.rmSync(folder, { recursive: true, force: true }));
	return await withProgress('Starting Redis and PostgreSQL', async () => ({
		redisPort: await startRedis(folder, cleanup),
		...(await startPostgres(folder, cleanup)),
	}));
}

/** Where a program is: in Debian's folder of the newest PostgreSQL, or on the PATH. */
function find(program: string): string {
	const versions = fs.existsSync(DEBIAN_POSTGRES) ? fs.readdirSync(DEBIAN_POSTGRES) : [];
	const newest = versions.sort((one, other) => Number(other) - Number(one));
	const folders = newest.map((version) => path.join(DEBIAN_POSTGRES, version, 'bin'));
	const file = [...folders, ...(process.env.PATH ?? '').split(path.delimiter)]
		.map((folder) => path.join(folder, program))
		.find((one) => fs.existsSync(one));
	if (file !== undefined) return file;
	throw new UserError(
		`Queue mode needs ${program}. On Debian or Ubuntu: apt-get install redis-server postgresql`,
	);
}

/** Starts a program that isn't Node.js; it ends with this process, unless that is killed. */
function startProgram(
	program: { name: string; file: string; args: string[]; folder: string; user?: User },
	stopSignal: NodeJS.Signals,
	cleanup: Cleanup,
): OwnProcess {
	const { name, file, args, folder, user } = program;
	const logFile = `${folder}.log`;
	const log = fs.openSync(logFile, 'a');
	// A process group of its own: Ctrl-C then reaches only us, and n8n ends before what it relies on.
	const child = spawn(find(file), args, {
		cwd: folder,
		env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
		stdio: ['ignore', log, log],
		detached: true,
		...user,
	});
	fs.closeSync(log);
	const ended = new Promise<void>((resolve) => {
		child.once('error', () => resolve());
		child.once('exit', () => resolve());
	});
	cleanup.add(async () => {
		child.kill(stopSignal);
		await Promise.race([ended, sleep(STOP_MILLISECONDS, undefined, { ref: false })]);
	});
	const { pid } = child;
	process.once('exit', () => pid !== undefined && signalGroup(pid, 'SIGKILL'));
	return { name, pid: pid ?? 0, logFile, ended };
}

async function startRedis(parent: string, cleanup: Cleanup): Promise<number> {
	const port = await freePort();
	const folder = path.join(parent, 'redis');
	fs.mkdirSync(folder);
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
	const redis = startProgram(
		{ name: 'Redis', file: 'redis-server', args, folder },
		'SIGTERM',
		cleanup,
	);
	await waitUntilReady(redis, async () => {
		const socket = connect(port, '127.0.0.1');
		await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
		socket.destroy();
		return true;
	});
	return port;
}

async function startPostgres(
	parent: string,
	cleanup: Cleanup,
): Promise<Pick<Services, 'postgresPort' | 'query'>> {
	const port = await freePort();
	const user = process.getuid?.() === 0 ? await unprivilegedUser() : undefined;
	const folder = path.join(parent, 'postgres');
	fs.mkdirSync(folder, { mode: 0o700 });
	if (user) {
		fs.chmodSync(parent, 0o711);
		fs.chownSync(folder, user.uid, user.gid);
	}
	const run = async (program: string, args: string[], runner?: User) =>
		await runCommand(find(program), args, { cwd: folder, user: runner });
	const options = ['-D', folder, '-A', 'trust', '-U', DATABASE, '-E', 'UTF8', '--locale=C', '-N'];
	await run('initdb', options, user);
	const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
	const args = ['-D', folder, '-p', String(port), ...settings.flatMap((one) => ['-c', one])];
	const postgres = startProgram(
		{ name: 'PostgreSQL', file: 'postgres', args, folder, user },
		// Its "fast" shutdown, which doesn't wait for clients.
		'SIGINT',
		cleanup,
	);
	const query = async (statement: string, database = DATABASE) => {
		const login = ['-h', '127.0.0.1', '-p', String(port), '-U', DATABASE];
		const out = await run('psql', [...login, '-tA', '-F', '\t', '-c', statement, database]);
		return out
			.split('\n')
			.filter((row) => row !== '')
			.map((row) => row.split('\t'));
	};
	await waitUntilReady(postgres, async () => (await query('select 1', 'postgres')).length === 1);
	await query(`create database ${DATABASE}`, 'postgres');
	return { postgresPort: port, query };
}

/** PostgreSQL refuses to run as root. */
async function unprivilegedUser(): Promise<User> {
	const id = async (flag: string) => Number(await runCommand('id', [flag, 'nobody'], { cwd: '/' }));
	return { uid: await id('-u'), gid: await id('-g') };
}
