import type { Locator, Page } from 'playwright-core';
import { Parameter } from './parameter';

/** The part of the panel that maps columns to fields. */
export class Mapper {
	private readonly root: Locator;

	constructor(private readonly page: Page) {
		this.root = page.getByTestId('resource-mapper-container');
	}

	field(id: string): Parameter {
		return new Parameter(this.page, id, this.root);
	}

	/** The ids of the visible fields, from top to bottom. */
	async visibleFields(): Promise<string[]> {
		const prefix = 'remove-field-button-';
		const buttons = this.root.locator(`[data-test-id^="${prefix}"]`);
		await this.page.getByTestId('mapping-fields-container').waitFor();
		return await buttons.evaluateAll(
			(all, start) => all.map((one) => (one.getAttribute('data-test-id') ?? '').slice(start)),
			prefix.length,
		);
	}

	/** Adds a field that isn't shown. */
	async add(label: string, id: string): Promise<Parameter> {
		await this.page.getByTestId('add-fields-select').locator('button').click();
		await this.page.getByRole('menuitem', { name: label, exact: true }).click();
		const added = this.field(id);
		await added.root.waitFor();
		return added;
	}

	/** Chooses the menu entry that adds every field. */
	async addAll(lastId: string): Promise<void> {
		await this.page
			.getByTestId('columns-parameter-input-options-container')
			.locator('button')
			.click();
		await this.page.getByRole('menuitem', { name: 'Add All Fields' }).click();
		await this.field(lastId).root.waitFor();
	}

	async mode(name: 'Map Automatically' | 'Map Each Column Manually'): Promise<void> {
		await this.page.getByTestId('mapping-mode-select').locator('input').click();
		await this.page.getByRole('option').filter({ hasText: name }).click();
		const fields = this.page.getByTestId('mapping-fields-container');
		await fields.waitFor({ state: name === 'Map Automatically' ? 'hidden' : 'visible' });
	}
}
