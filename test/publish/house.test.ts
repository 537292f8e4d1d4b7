import { readdirSync } from 'node:fs';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '..', '..');
const DOZEN = 12;

/** Each folder below one, itself included, with the number of files that stand in it. */
function folders(folder: string): Array<[string, number]> {
	const entries = readdirSync(path.join(PROJECT, folder), { withFileTypes: true });
	const below = entries.filter((entry) => entry.isDirectory());
	return [
		[folder, entries.length - below.length],
		...below.flatMap(({ name }) => folders(path.join(folder, name))),
	];
}

it('no folder of the sources holds more than a dozen files, so that its names tell what is in it', () => {
	const all = [...folders('nodes'), ...folders('credentials')];
	expect(all.length).toBeGreaterThan(10);
	expect(all.filter(([, files]) => files > DOZEN)).toEqual([]);
});
