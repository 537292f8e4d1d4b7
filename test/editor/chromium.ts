import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, selectors } from 'playwright-core';
import { runCommand } from '../n8n/process';
import { UserError } from '../n8n/script';

/** A browser without background requests and dialogs; Playwright gives each one its own profile. */
const FLAGS = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The browser of this machine: the one named by `CHROMIUM`, otherwise the first on the path. */
function findChromium({ CHROMIUM, PATH = '' } = process.env): string | undefined {
	const folders = PATH.split(path.delimiter);
	const candidates = CHROMIUM
		? [path.resolve(CHROMIUM)]
		: NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
	return candidates.find((candidate) => {
		try {
			accessSync(candidate, constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}

/** Makes sure that there is a browser: installs one if possible, otherwise asks for one. */
export async function ensureChromium(): Promise<void> {
	if (findChromium() !== undefined) return;
	if (process.env.CHROMIUM || process.getuid?.() !== 0 || !(await hasApt())) {
		throw new UserError(
			'These tests need the browser Chromium and it is not on this machine: install it ' +
				'(Debian: apt-get install chromium), or set CHROMIUM to its path, and run this again.',
		);
	}
	console.log('  Installing Chromium, once.');
	const options = { cwd: '/', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
	await runCommand('apt-get', ['update', '-qq'], options);
	const packages = ['chromium', 'fonts-inter', 'fonts-noto-core'];
	await runCommand(
		'apt-get',
		['install', '-y', '-qq', '--no-install-recommends', ...packages],
		options,
	);
}

async function hasApt(): Promise<boolean> {
	try {
		await runCommand('apt-get', ['--version'], { cwd: '/' });
		return true;
	} catch {
		return false;
	}
}

/** Starts a headless browser, optionally with the scrollbars that Playwright hides. */
export async function launchChromium({ scrollbars = false } = {}): Promise<Browser> {
	const executablePath = findChromium();
	if (executablePath === undefined) throw new UserError('There is no Chromium on this machine.');
	// n8n marks the parts of its editor with this attribute.
	selectors.setTestIdAttribute('data-test-id');
	const ignoreDefaultArgs = scrollbars ? ['--hide-scrollbars'] : [];
	return await chromium.launch({ executablePath, args: FLAGS, ignoreDefaultArgs });
}
