import { once } from 'node:events';
import * as fs from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type Cleanup, withProgress } from '../n8n/script';
import { freePort, runCommand, startProcess, waitUntilReady } from '../n8n/process';

/** The role and the database, both of that name; logins are free, on the loopback address only. */
export const DATABASE = 'n8n';

/** Where Debian has the programs of PostgreSQL, one folder for each version. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';
const versions = fs.existsSync(DEBIAN_POSTGRES) ? fs.readdirSync(DEBIAN_POSTGRES) : [];
const folders = versions.map((version) => path.join(DEBIAN_POSTGRES, version, 'bin'));
const env = { PATH: [...folders, process.env.PATH].join(path.delimiter), LC_ALL: 'C.UTF-8' };

/** PostgreSQL refuses to run as root; this is the user "nobody" of Linux. */
const UNPRIVILEGED = { uid: 65_534, gid: 65_534 };

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

async function startRedis(parent: string, cleanup: Cleanup): Promise<number> {
	const port = await freePort();
	const folder = path.join(parent, 'redis');
	fs.mkdirSync(folder);
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
	const logFile = `${folder}.log`;
	const redis = startProcess(
		{ name: 'Redis', command: 'redis-server', args, cwd: folder, env, logFile },
		cleanup,
	);
	await waitUntilReady(redis, async () => {
		const socket = connect(port, '127.0.0.1');
		await once(socket, 'connect');
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
	const user = process.getuid?.() === 0 ? UNPRIVILEGED : undefined;
	const folder = path.join(parent, 'postgres');
	fs.mkdirSync(folder, { mode: 0o700 });
	if (user) {
		fs.chmodSync(parent, 0o711);
		fs.chownSync(folder, user.uid, user.gid);
	}
	const options = ['-D', folder, '-A', 'trust', '-U', DATABASE, '-E', 'UTF8', '--locale=C', '-N'];
	await runCommand('initdb', options, { cwd: folder, env, user });
	const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
	const args = ['-D', folder, '-p', String(port), ...settings.flatMap((one) => ['-c', one])];
	const postgres = startProcess(
		{
			name: 'PostgreSQL',
			command: 'postgres',
			args,
			cwd: folder,
			env,
			user,
			logFile: `${folder}.log`,
			// Its "fast" shutdown, which doesn't wait for clients.
			stopSignal: 'SIGINT',
		},
		cleanup,
	);
	const query = async (statement: string, database = DATABASE) => {
		const login = ['-h', '127.0.0.1', '-p', String(port), '-U', DATABASE];
		const asked = [...login, '-tA', '-F', '\t', '-c', statement, database];
		const out = (await runCommand('psql', asked, { cwd: folder, env })).trim();
		return out === '' ? [] : out.split('\n').map((row) => row.split('\t'));
	};
	await waitUntilReady(postgres, async () => (await query('select 1', 'postgres')).length === 1);
	await query(`create database ${DATABASE}`, 'postgres');
	return { postgresPort: port, query };
}
