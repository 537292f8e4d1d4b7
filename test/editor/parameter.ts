import { errors, type Locator, type Page } from 'playwright-core';

/** How long to wait for a marked target, in ms; long, so that no test fails on a busy machine. */
const PATIENCE_MILLISECONDS = 30_000;

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

	/** The value that an input shows: a text, a number or the chosen option. */
	async shown(): Promise<string> {
		return await this.root.locator('input').first().inputValue();
	}

	/** The text of an expression. */
	async expression(): Promise<string> {
		const text = this.root.locator('.cm-content').filter({ hasText: /\S/ });
		return (await text.innerText()).trim();
	}

	/** Chooses from a list; returns all of its entries. */
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
		const { mouse } = this.page;
		const pill = this.page.getByTestId('ndv-input-panel').locator(`[data-name="${field}"]`);
		await this.root.scrollIntoViewIfNeeded();
		// Waits until it doesn't move and nothing covers it.
		await pill.hover();
		await mouse.down();
		await this.carryHere();
		await mouse.up();
		// The preview below moves everything; the next steps need it at rest.
		await this.wrapper.getByTestId('parameter-input-hint').waitFor();
	}

	/**
	 * Moves what is being dragged onto this parameter. The editor marks the target under the pointer, and only then takes
	 * what is dropped. It sees the target only in a move of the pointer, and what is in the panel may have moved since.
	 */
	private async carryHere(): Promise<void> {
		const marked = this.root.and(this.page.locator('.activeDrop'));
		const end = Date.now() + PATIENCE_MILLISECONDS;
		do {
			const { x, y } = await centreOf(this.root);
			await this.page.mouse.move(x - 20, y, { steps: 4 });
			await this.page.mouse.move(x, y, { steps: 4 });
			if (await appears(marked)) return;
		} while (Date.now() < end);
		throw new Error(`${String(this.root)} does not take what is dragged to it.`);
	}

	/** The parameter with its label and the hints below it. */
	private get wrapper(): Locator {
		return this.root.locator('xpath=ancestor::*[@data-test-id="input-label"][1]');
	}
}

/** Whether an element becomes visible within a second. */
async function appears(locator: Locator): Promise<boolean> {
	try {
		await locator.waitFor({ timeout: 1_000 });
		return true;
	} catch (error) {
		if (error instanceof errors.TimeoutError) return false;
		throw error;
	}
}

async function centreOf(locator: Locator): Promise<{ x: number; y: number }> {
	const box = await locator.boundingBox();
	if (!box) throw new Error(`${String(locator)} is not to be seen.`);
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
