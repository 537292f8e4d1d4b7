/** Builds the package into dist: compiled code, icons, codex files and output schemas. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { transformSync } from 'esbuild';

const filesIn = (folder, ending) =>
	readdirSync(folder, { recursive: true })
		.filter((file) => file.endsWith(ending))
		.map((file) => path.join(folder, file));

// Emptied, so that a renamed file doesn't stay in the package.
rmSync('dist', { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc], { stdio: 'inherit' });

for (const folder of ['nodes', 'credentials']) {
	for (const file of [...filesIn(folder, '.svg'), ...filesIn(folder, '.json')]) {
		const target = path.join('dist', file);
		mkdirSync(path.dirname(target), { recursive: true });
		if (file.endsWith('.svg')) copyFileSync(file, target);
		else writeFileSync(target, JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))));
	}
}

// Without the white space and the long local names that only readers of the sources need: a quarter of the package.
// Functions keep their names and lines stay short, so a stack trace still shows where something happened.
for (const file of filesIn('dist', '.js')) {
	const options = { minifyWhitespace: true, minifyIdentifiers: true, lineLimit: 120 };
	writeFileSync(file, transformSync(readFileSync(file, 'utf8'), options).code);
}
