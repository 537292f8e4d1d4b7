import type { Locator, Page } from 'playwright-core';

/** The list from which one thing of an account is chosen. */
export class ResourceList {
	constructor(private readonly page: Page) {}

	entries(): Locator {
		return this.page.getByTestId('rlc-item');
	}

	entry(text: RegExp): Locator {
		return this.entries().filter({ hasText: text });
	}

	async search(text: string): Promise<void> {
		await this.page.getByTestId('rlc-search').locator('visible=true').fill(text);
	}

	/** Goes to the last entry, behind which the next page is loaded. */
	async scrollToEnd(): Promise<void> {
		await this.entries().last().scrollIntoViewIfNeeded();
		await this.entries().last().hover();
		await this.page.mouse.wheel(0, 2000);
	}

	/** Waits until the list is as it has to be. */
	async until(isReady: () => Promise<boolean>): Promise<void> {
		const end = Date.now() + 20_000;
		while (!(await isReady())) {
			if (Date.now() > end) throw new Error('The list did not come to be so.');
			await this.page.waitForTimeout(100);
		}
	}
}
