import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** The folder for pictures of each step, to check by eye; without it none are taken. */
const FOLDER = process.env.EDITOR_PICTURES;

/** Takes a picture of the visible page. */
export async function pictureStep(page: Page, name: string): Promise<void> {
	if (FOLDER === undefined) return;
	mkdirSync(FOLDER, { recursive: true });
	await page.screenshot({ path: path.join(FOLDER, `${name}.png`), animations: 'disabled' });
}
