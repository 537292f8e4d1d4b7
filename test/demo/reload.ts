import { spawn } from 'node:child_process';
import { copyFileSync, watch } from 'node:fs';
import path from 'node:path';

import type { Cleanup } from '../n8n/cleanup';

const PROJECT_FOLDER = path.resolve(__dirname, '..', '..');
const SOURCES = ['nodes', 'credentials'];

/**
 * Compiles changed sources into an installed package, whose files n8n watches with N8N_DEV_RELOAD. The editor shows new
 * parameters after a reload of the page.
 */
export function compileOnChange(packageFolder: string, cleanup: Cleanup): void {
	const dist = path.join(packageFolder, 'dist');
	const args = ['--watch', '--preserveWatchOutput', '--outDir', dist];
	const compiler = spawn(process.execPath, [require.resolve('typescript/bin/tsc'), ...args], {
		cwd: PROJECT_FOLDER,
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	cleanup.add(() => void compiler.kill('SIGTERM'));
	for (const folder of SOURCES) {
		const watcher = watch(path.join(PROJECT_FOLDER, folder), { recursive: true }, (_, name) => {
			if (name !== null && /\.(?:json|svg)$/.test(name)) copyAsset(path.join(folder, name), dist);
		});
		cleanup.add(() => watcher.close());
	}
}

/** Editors replace files, so one may be gone for a moment; its return is another event. */
function copyAsset(file: string, dist: string): void {
	try {
		copyFileSync(path.join(PROJECT_FOLDER, file), path.join(dist, file));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
	}
}
