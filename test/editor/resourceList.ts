import type { Locator, Page } from 'playwright-core';

/** The list of a resource locator. */
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

	/** Scrolls to the last entry, which loads the next page. */
	async scrollToEnd(): Promise<void> {
		await this.entries().last().scrollIntoViewIfNeeded();
		await this.entries().last().hover();
		await this.page.mouse.wheel(0, 2000);
	}

	/** Waits until a condition is true. */
	async until(isReady: () => Promise<boolean>): Promise<void> {
		const end = Date.now() + 20_000;
		while (!(await isReady())) {
			if (Date.now() > end) throw new Error('The list did not come to be so.');
			await this.page.waitForTimeout(100);
		}
	}
}
