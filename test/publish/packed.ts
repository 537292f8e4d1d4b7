import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { runCommand } from '../n8n/process';
import { packPackage } from '../n8n/stage';

/** Builds and packs the package as it would be published, and unpacks it; returns the folder. */
export async function packAndUnpack(folder: string): Promise<string> {
	const tarball = await packPackage(folder);
	const unpacked = path.join(folder, 'package');
	mkdirSync(unpacked, { recursive: true });
	await runCommand('tar', ['-xzf', tarball, '-C', folder], { cwd: folder });
	return unpacked;
}

/** Every file in a folder, with its size in bytes, by its path with forward slashes. */
export function filesIn(folder: string): Map<string, number> {
	const files = new Map<string, number>();
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		const file = path.join(entry.parentPath, entry.name);
		files.set(path.relative(folder, file).split(path.sep).join('/'), statSync(file).size);
	}
	return files;
}
