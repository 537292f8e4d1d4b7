import { readFileSync, writeFileSync } from 'node:fs';
import type { OwnProcess } from '../n8n/process';

/** Begins a new measurement of a process's largest memory; on Linux only. */
export function forgetPeak({ pid }: OwnProcess): void {
	try {
		writeFileSync(`/proc/${pid}/clear_refs`, '5');
	} catch {
		// The peak is then the one since the process's start.
	}
}

/** The most memory a process has held, in MB; undefined where the system does not tell. */
export function peakMegabytes(process: OwnProcess): number | undefined {
	return readMegabytes(process, 'VmHWM');
}

/** The memory a process holds now, in MB. */
export function megabytes(process: OwnProcess): number | undefined {
	return readMegabytes(process, 'VmRSS');
}

function readMegabytes({ pid }: OwnProcess, field: string): number | undefined {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		const [, kilobytes] = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status) ?? [];
		return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1000);
	} catch {
		return undefined;
	}
}
