import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** Where pictures of each step go, for people to look at; without it none are taken. */
const FOLDER = process.env.EDITOR_PICTURES;

/** Takes a picture of what is in sight. */
export async function pictureStep(page: Page, name: string): Promise<void> {
	if (FOLDER === undefined) return;
	mkdirSync(FOLDER, { recursive: true });
	await page.screenshot({ path: path.join(FOLDER, `${name}.png`), animations: 'disabled' });
}
