import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { runCommand, runNpm } from './command';

const PROJECT_FOLDER = path.resolve(__dirname, '..', '..');

interface Manifest {
	name: string;
	dependencies?: Record<string, string>;
	devDependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
}

/** Builds the package and packs it as it would be published; returns the tarball. */
export async function packPackage(targetFolder: string): Promise<string> {
	mkdirSync(targetFolder, { recursive: true });
	await runNpm(['run', 'build'], { cwd: PROJECT_FOLDER });
	const report = await runNpm(['pack', '--json', '--pack-destination', targetFolder], {
		cwd: PROJECT_FOLDER,
	});
	const [packed] = JSON.parse(report) as Array<{ filename: string }>;
	if (!packed) throw new Error('npm pack made no package.');
	return path.join(targetFolder, packed.filename);
}

/**
 * Puts a packed package where n8n's own installer puts it, in the form it gives it: unpacked,
 * without the dependencies that are n8n's to provide.
 *
 * @returns its folder
 */
export async function installPackage(tarball: string, userFolder: string): Promise<string> {
	const modules = path.join(userFolder, '.n8n', 'nodes', 'node_modules');
	const unpacked = path.join(userFolder, 'unpacked');
	mkdirSync(unpacked, { recursive: true });
	await runCommand('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1'], {
		cwd: userFolder,
	});
	const manifestFile = path.join(unpacked, 'package.json');
	const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest;
	if (Object.keys(manifest.dependencies ?? {}).length > 0) {
		throw new Error('The package has runtime dependencies, and here nothing would install them.');
	}
	delete manifest.devDependencies;
	delete manifest.peerDependencies;
	delete manifest.optionalDependencies;
	writeFileSync(manifestFile, JSON.stringify(manifest, null, 2));
	mkdirSync(modules, { recursive: true });
	const folder = path.join(modules, manifest.name);
	await rename(unpacked, folder);
	return folder;
}
