import { mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { runNpm } from '../n8n/process';

/** A package of 20 MB that only new pictures need. */
const SHARP = 'sharp-cli@6.1.0';
const FEW_COLOURS = [
	'-f',
	'png',
	'--palette',
	'--colours',
	'64',
	'--dither',
	'0',
	'--effort',
	'10',
];

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Elements that don't belong in a picture: messages in the corner, buttons over the canvas. */
const PASSING = [
	'.el-notification',
	'[data-sonner-toaster]',
	'.vue-flow__panel',
	'[data-test-id="canvas-node-toolbar"]',
	'[data-test-id="execute-workflow-button"]',
	'[data-test-id="floating-nodes"]',
	'[data-test-id="floating-nodes"] *',
].join();

/** Hides these elements, also later ones. */
export async function hidePassing(page: Page): Promise<void> {
	await page.addStyleTag({ content: `${PASSING} { visibility: hidden !important; }` });
}

/** The smallest box around some elements, with a margin. */
export async function boxAround(elements: Locator, margin: number): Promise<Box> {
	const boxes = await elements.evaluateAll((all) =>
		all.map((one) => {
			const { left, top, right, bottom } = one.getBoundingClientRect();
			return { left, top, right, bottom };
		}),
	);
	const left = Math.min(...boxes.map((box) => box.left)) - margin;
	const top = Math.min(...boxes.map((box) => box.top)) - margin;
	const right = Math.max(...boxes.map((box) => box.right)) + margin;
	const bottom = Math.max(...boxes.map((box) => box.bottom)) + margin;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Takes a picture of a part of the page and stores it with few colours, which halves it. */
export async function takePicture(page: Page, file: string, box: Box): Promise<void> {
	mkdirSync(path.dirname(file), { recursive: true });
	const full = `${file}.full.png`;
	await page.screenshot({ path: full, clip: box, animations: 'disabled' });
	await runNpm(
		['exec', '--yes', `--package=${SHARP}`, '--', 'sharp', ...FEW_COLOURS, '-i', full, '-o', file],
		{
			cwd: path.dirname(file),
		},
	);
	rmSync(full);
	console.log(`  ${path.basename(file).padEnd(36)} ${Math.round(statSync(file).size / 1000)} kB`);
}
