import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { N8nRuntime } from './runtime';
import type { N8nVersion } from './version';

const STAMP = '.complete';
const OWNER = '.owner';
const PARTIAL = '.partial';
/** How old a half install without an owner's name may be and still belong to somebody. */
const GRACE_MILLISECONDS = 10_000;

/** The folder that holds every n8n; outside the checkout, so that a fresh clone finds them. */
export function cacheParent(): string {
	const { PERCULUS_N8N_CACHE, XDG_CACHE_HOME } = process.env;
	const parent =
		PERCULUS_N8N_CACHE ||
		path.join(XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'n8n-nodes-perculus');
	return path.resolve(parent);
}

/** The folder of one n8n: a changed lockfile gives another name. */
export function cacheFolder({ version, hash }: N8nVersion, { cacheSuffix }: N8nRuntime): string {
	return path.join(cacheParent(), `n8n-${version}-${hash.slice(0, 12)}${cacheSuffix}`);
}

/** Whether the install in a folder was finished. */
export function isComplete(folder: string, { hash }: N8nVersion): boolean {
	const stamp = path.join(folder, STAMP);
	return existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === hash;
}

/**
 * Takes the right to install into a folder and returns the folder to work in, empty. Undefined
 * while another process has that right. What a process that is gone left behind is removed.
 */
export async function claim(folder: string): Promise<string | undefined> {
	const partial = folder + PARTIAL;
	mkdirSync(path.dirname(folder), { recursive: true });
	if (existsSync(partial)) {
		if (isOwned(partial)) return undefined;
		await rm(partial, { recursive: true, force: true });
	}
	try {
		mkdirSync(partial);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
		throw error;
	}
	writeFileSync(path.join(partial, OWNER), String(process.pid));
	return partial;
}

function isOwned(partial: string): boolean {
	try {
		const pid = Number(readFileSync(path.join(partial, OWNER), 'utf8'));
		return pid !== process.pid && isAlive(pid);
	} catch {
		return Date.now() - statSync(partial).mtimeMs < GRACE_MILLISECONDS;
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** Turns a finished work folder into the real one; the stamp is the very last thing written. */
export async function complete(
	partial: string,
	folder: string,
	{ hash }: N8nVersion,
): Promise<void> {
	await rm(path.join(partial, OWNER));
	await rm(folder, { recursive: true, force: true });
	await rename(partial, folder);
	writeFileSync(path.join(folder, STAMP), `${hash}\n`);
}

/** Removes installs of the same n8n made from another lockfile. */
export async function removeStale({ version, hash }: N8nVersion): Promise<void> {
	const parent = cacheParent();
	const stale = readdirSync(parent).filter(
		(name) =>
			name.startsWith(`n8n-${version}-`) &&
			!name.startsWith(`n8n-${version}-${hash.slice(0, 12)}`) &&
			!(name.endsWith(PARTIAL) && isOwned(path.join(parent, name))),
	);
	for (const name of stale) await rm(path.join(parent, name), { recursive: true, force: true });
}
