import type { Locator, Page } from 'playwright-core';

/** One parameter, or one field of the mapper, in the editor. */
export class Parameter {
	readonly root: Locator;

	constructor(
		private readonly page: Page,
		name: string,
		within: Page | Locator = page,
	) {
		this.root = within.getByTestId(`parameter-input-${name}`);
	}

	async fill(text: string): Promise<void> {
		await this.root.locator('input').first().fill(text);
	}

	/** What an input shows: a text, a number or the chosen option. */
	async shown(): Promise<string> {
		return await this.root.locator('input').first().inputValue();
	}

	/** The text of an expression. */
	async expression(): Promise<string> {
		const text = this.root.locator('.cm-content').filter({ hasText: /\S/ });
		return (await text.innerText()).trim();
	}

	/** Chooses from a list; returns everything that it offers. */
	async choose(label: string): Promise<string[]> {
		await this.root.locator('input').first().click();
		const choices = this.page.getByRole('option');
		const choice = choices.filter({ has: this.page.getByText(label, { exact: true }) });
		await choice.waitFor();
		const offered = await choices.allInnerTexts();
		await choice.click();
		return offered;
	}

	/** Drags a field of the input onto this parameter. */
	async mapFrom(field: string): Promise<void> {
		await this.root.scrollIntoViewIfNeeded();
		const pill = this.page.getByTestId('ndv-input-panel').locator(`[data-name="${field}"]`);
		const [from, to] = [await centreOf(pill), await centreOf(this.root)];
		await this.page.mouse.move(from.x, from.y);
		await this.page.mouse.down();
		await this.page.mouse.move(to.x, to.y, { steps: 8 });
		// The editor marks the target under the pointer; only then does it take what is dropped.
		await this.root.and(this.page.locator('.activeDrop')).waitFor();
		await this.page.mouse.up();
		// The preview below makes everything move; what comes next has to find things in place.
		await this.wrapper.getByTestId('parameter-input-hint').waitFor();
	}

	/** The parameter with its label and what stands below it. */
	private get wrapper(): Locator {
		return this.root.locator('xpath=ancestor::*[@data-test-id="input-label"][1]');
	}
}

async function centreOf(locator: Locator): Promise<{ x: number; y: number }> {
	const box = await locator.boundingBox();
	if (!box) throw new Error(`${String(locator)} is not to be seen.`);
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
