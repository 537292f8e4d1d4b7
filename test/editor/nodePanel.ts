import type { Locator, Page } from 'playwright-core';
import { CredentialDialog } from './credentialDialog';
import { Mapper } from './mapper';
import { Parameter } from './parameter';
import { ResourceList } from './resourceList';

/** A node's own panel: its input, its parameters, its output. */
export class NodePanel {
	private constructor(private readonly page: Page) {}

	/** Waits for the panel to open. */
	static async opened(page: Page): Promise<NodePanel> {
		await page.getByTestId('ndv').waitFor();
		await page.getByTestId('node-parameters').waitFor();
		return new NodePanel(page);
	}

	get mapper(): Mapper {
		return new Mapper(this.page);
	}

	get output(): Output {
		return new Output(this.page);
	}

	parameter(name: string): Parameter {
		return new Parameter(this.page, name);
	}

	/** Waits until the parameters have exactly these notices. */
	async showsNotices(texts: readonly string[]): Promise<void> {
		// Without those that n8n's own mapper shows in automatic mode.
		const notices = this.page.getByTestId('node-parameters').locator('.notice.parameter-item');
		for (const text of texts) await notices.filter({ hasText: text }).waitFor();
		await notices.nth(texts.length).waitFor({ state: 'detached' });
	}

	/** The name of the credential in use. */
	async credentialName(): Promise<string> {
		const input = this.page.getByTestId('node-credentials-select').locator('input');
		await input.waitFor();
		return await input.inputValue();
	}

	/** Opens the dialog for a new credential of a node without one. */
	async newCredential(): Promise<CredentialDialog> {
		await this.page.getByTestId('node-credentials-empty-state').locator('button').first().click();
		return await CredentialDialog.opened(this.page);
	}

	/** Opens the credential in use. */
	async editCredential(): Promise<CredentialDialog> {
		await this.page.getByTestId('credential-edit-button').click();
		return await CredentialDialog.opened(this.page);
	}

	/** Adds one of the options below the parameters. */
	async addOption(label: string): Promise<void> {
		await this.page.getByTestId('collection-parameter-add').click();
		await this.page.getByRole('option', { name: label, exact: true }).click();
	}

	/** The labels that the editor cuts off. */
	async cutOffLabels(): Promise<string[]> {
		return await this.page
			.getByTestId('node-parameters')
			.locator('label *')
			.evaluateAll((all) =>
				all
					.filter((one) => getComputedStyle(one).textOverflow === 'ellipsis')
					.filter((one) => one.scrollWidth > one.clientWidth)
					.map((one) => one.textContent?.trim() ?? ''),
			);
	}

	/** Opens the list of a parameter. */
	async openList(name: string): Promise<ResourceList> {
		await this.page.getByTestId(`resource-locator-${name}`).locator('input').last().click();
		return new ResourceList(this.page);
	}

	/**
	 * Replaces the code of a Code node. The editor shows it immediately, but a run uses it only a moment later, so this
	 * waits until the editor has automatically stored it.
	 */
	async writeCode(code: string): Promise<void> {
		const editor = this.page.getByTestId('ndv').locator('.cm-content').first();
		await editor.waitFor();
		const stored = this.page.waitForRequest(
			(request) =>
				/\/rest\/workflows(\/|\?|$)/.test(request.url()) &&
				request.postData()?.includes(JSON.stringify(code)) === true,
		);
		await editor.fill(code);
		await stored;
	}

	/** Runs the nodes before this one, so that their fields can be dragged. */
	async executePrevious(field: string): Promise<void> {
		const input = this.page.getByTestId('ndv-input-panel');
		await input.getByText('Execute previous nodes').click();
		await input.locator(`[data-name="${field}"]`).waitFor();
	}

	/** Runs this node and waits for its output. */
	async execute(): Promise<void> {
		const started = this.page.waitForResponse((response) =>
			/\/rest\/workflows\/\w+\/run/.test(response.url()),
		);
		await this.page.getByTestId('node-execute-button').click();
		await started;
		await this.page.getByTestId('output-panel').getByTestId('node-run-status-success').waitFor();
	}

	async close(): Promise<void> {
		// A cross, and in n8n 1.x a back button.
		const cross = this.page.getByTestId('ndv-close-button');
		await cross.or(this.page.getByTestId('back-to-canvas')).click();
		await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
	}
}

/** The right part of a node's panel. */
class Output {
	private readonly panel: Locator;

	constructor(page: Page) {
		this.panel = page.getByTestId('output-panel');
	}

	/** The hints above the items. */
	async hints(): Promise<string[]> {
		const hints = this.panel.getByTestId('node-hint');
		await hints.first().waitFor();
		return (await hints.allInnerTexts()).map((text) => text.trim());
	}

	/** The names of the branches, with how many items each has. */
	async branches(): Promise<string[]> {
		const tabs = this.panel.getByTestId('branches').locator('[data-test-id^="tab-"]');
		await tabs.first().waitFor();
		return (await tabs.allInnerTexts()).map((text) => text.trim());
	}

	/** The items of a branch as a table. */
	async branch(index: number, expected: string): Promise<string> {
		await this.panel.getByTestId(`tab-${index}`).click();
		return await this.rows(expected);
	}

	/** The visible items as a table. */
	async rows(expected: string): Promise<string> {
		await this.panel.getByTestId('radio-button-table').click();
		const container = this.panel.getByTestId('ndv-data-container');
		await container.getByText(expected).first().waitFor();
		return await container.innerText();
	}
}
