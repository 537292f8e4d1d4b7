import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { freePort, runCommand, waitUntilReady } from '../n8n/process';
import { type Cleanup, UserError } from '../n8n/script';
import { type User, startProgram } from './guarded';
import type { Programs } from './programs';

/** The role and the database, both of that name; logins are free, on the loopback address only. */
export const DATABASE = 'n8n';

/** PostgreSQL refuses to run as root; the first of these that exists does it then. */
const UNPRIVILEGED = ['postgres', 'nobody'];

/** A PostgreSQL of our own that is up. */
export interface Postgres {
	port: number;
	/** Runs a statement in the database; a row is a list of texts. */
	query(statement: string): Promise<string[][]>;
}

/** Starts a PostgreSQL of our own with an empty database. */
export async function startPostgres(
	{ postgresFolder }: Programs,
	parent: string,
	cleanup: Cleanup,
): Promise<Postgres> {
	const port = await freePort();
	const user = process.getuid?.() === 0 ? await unprivilegedUser() : undefined;
	const folder = path.join(parent, 'postgres');
	mkdirSync(folder, { mode: 0o700 });
	if (user) {
		chmodSync(parent, 0o711);
		chownSync(folder, user.uid, user.gid);
	}
	const program = (name: string) => path.join(postgresFolder, name);
	const options = ['-D', folder, '-A', 'trust', '-U', DATABASE, '-E', 'UTF8', '--locale=C', '-N'];
	await runCommand(program('initdb'), options, { cwd: folder, user });
	const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off' };
	const set = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const postgres = startProgram(
		{
			name: 'PostgreSQL',
			command: program('postgres'),
			args: ['-D', folder, '-p', String(port), ...set],
			folder,
			// Its "fast" shutdown, which does not wait for clients.
			stopSignal: 'SIGINT',
			user,
		},
		cleanup,
	);
	const query = async (statement: string, database = DATABASE) => {
		const login = ['-h', '127.0.0.1', '-p', String(port), '-U', DATABASE];
		const args = [...login, '-tA', '-F', '\t', '-c', statement, database];
		const lines = (await runCommand(program('psql'), args, { cwd: '/' })).split('\n');
		return lines.filter((line) => line !== '').map((line) => line.split('\t'));
	};
	await waitUntilReady(postgres, async () => (await query('select 1', 'postgres')).length === 1);
	await query(`create database ${DATABASE}`, 'postgres');
	return { port, query };
}

async function unprivilegedUser(): Promise<User> {
	for (const name of UNPRIVILEGED) {
		try {
			const id = async (flag: string) => Number(await runCommand('id', [flag, name], { cwd: '/' }));
			return { uid: await id('-u'), gid: await id('-g') };
		} catch {
			// Nobody of that name.
		}
	}
	throw new UserError(
		`PostgreSQL does not run as root: create a user named ${UNPRIVILEGED.join(' or ')}.`,
	);
}
