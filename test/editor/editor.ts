import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { N8nClient } from '../n8n/client';
import { Canvas } from './canvas';
import { launchChromium } from './chromium';

/** How long to wait for a state, in ms; long, so that no test fails on a busy machine. */
const PATIENCE_MILLISECONDS = 30_000;

export interface Look {
	theme?: 'light' | 'dark';
	/** Device pixels per pixel: 2 gives sharp pictures. */
	scale?: number;
	size?: { width: number; height: number };
	/** Whether scrollbars take up space, as on most machines. */
	scrollbars?: boolean;
}

/** n8n's editor in a browser, logged in. */
export class Editor {
	private constructor(
		private readonly browser: Browser,
		private readonly context: BrowserContext,
		private readonly n8n: N8nClient,
		readonly page: Page,
	) {}

	/** Opens a browser with the login of a client. */
	static async open(n8n: N8nClient, look: Look = {}): Promise<Editor> {
		const browser = await launchChromium(look);
		const { cookie, browserId } = n8n.login;
		const context = await browser.newContext({
			viewport: look.size ?? { width: 1440, height: 900 },
			deviceScaleFactor: look.scale ?? 1,
			colorScheme: look.theme ?? 'light',
			reducedMotion: 'reduce',
			timezoneId: 'Europe/Istanbul',
			locale: 'en-US',
		});
		context.setDefaultTimeout(PATIENCE_MILLISECONDS);
		await context.addCookies([{ name: 'n8n-auth', value: cookie, url: n8n.url, httpOnly: true }]);
		await context.addInitScript(
			([id, theme]) => {
				localStorage.setItem('n8n-browserId', id);
				localStorage.setItem('N8N_THEME', theme);
			},
			[browserId, look.theme ?? 'light'] as const,
		);
		return new Editor(browser, context, n8n, await context.newPage());
	}

	/** Opens or reopens a stored workflow. */
	async openWorkflow(id: string): Promise<Canvas> {
		const url = `${this.n8n.url}/workflow/${id}`;
		await this.page.goto(url, { waitUntil: 'domcontentloaded' });
		await this.page.getByTestId('canvas-node').first().waitFor();
		return new Canvas(this.page);
	}

	/** Opens a new, empty workflow. */
	async newWorkflow(): Promise<Canvas> {
		await this.page.goto(`${this.n8n.url}/workflow/new`, { waitUntil: 'domcontentloaded' });
		await this.page.getByTestId('canvas-add-button').waitFor();
		return new Canvas(this.page);
	}

	/**
	 * Imports a file into a new workflow with the menu.
	 *
	 * @returns the id under which n8n has stored it
	 */
	async importWorkflow(file: string): Promise<string> {
		await this.newWorkflow();
		const { page } = this;
		await page.getByTestId('workflow-menu').click();
		await page.getByRole('menuitem', { name: 'Import', exact: true }).hover();
		const chooser = page.waitForEvent('filechooser');
		await page.getByRole('menuitem', { name: 'From file', exact: true }).click();
		// The editor stores it automatically.
		const stored = page.waitForResponse(
			(response) =>
				/\/rest\/workflows(\?|$)/.test(response.url()) && response.request().method() === 'POST',
		);
		await (await chooser).setFiles(file);
		await page.getByTestId('canvas-node').first().waitFor();
		const { data } = (await (await stored).json()) as { data: { id: string } };
		return data.id;
	}

	/** Another page of the browser, e.g. for a form. */
	async newPage(): Promise<Page> {
		return await this.context.newPage();
	}

	async close(): Promise<void> {
		await this.context.close();
		await this.browser.close();
	}
}
