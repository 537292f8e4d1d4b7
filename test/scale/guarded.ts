import path from 'node:path';
import type { Cleanup } from '../n8n/script';
import { type OwnProcess, startProcess } from '../n8n/process';

const GUARD = path.join(__dirname, 'guard.cjs');

/** A user that a program runs as. */
export interface User {
	uid: number;
	gid: number;
}

/** A program that is not Node.js. */
export interface Program {
	name: string;
	command: string;
	args: string[];
	folder: string;
	/** How it is asked to end. */
	stopSignal: NodeJS.Signals;
	user?: User;
}

/** Starts a program that ends with this process, however that happens. */
export function startProgram(program: Program, cleanup: Cleanup): OwnProcess {
	const { name, command, args, folder, stopSignal, user } = program;
	const order = JSON.stringify({ command, args, cwd: folder, stopSignal, ...user });
	return startProcess(
		{
			name,
			node: process.execPath,
			args: [GUARD, order],
			cwd: '/',
			env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
			logFile: path.join(path.dirname(folder), `${path.basename(folder)}.log`),
		},
		cleanup,
	);
}
