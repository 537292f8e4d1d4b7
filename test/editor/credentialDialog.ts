import type { Locator, Page } from 'playwright-core';
import { Parameter } from './parameter';

/** The dialog of a credential. */
export class CredentialDialog {
	readonly root: Locator;

	private constructor(private readonly page: Page) {
		this.root = page.getByTestId('editCredential-modal');
	}

	/** Waits for the dialog to open. */
	static async opened(page: Page): Promise<CredentialDialog> {
		const dialog = new CredentialDialog(page);
		await dialog.root.getByTestId('credential-save-button').waitFor();
		return dialog;
	}

	field(name: string): Parameter {
		return new Parameter(this.page, name, this.root);
	}

	/** Saves, and returns why n8n's test failed; waits for this reason, because an earlier one may be shown. */
	async saveAndFail(reason: string): Promise<string> {
		await this.save();
		const [more, told] = [this.root.getByText('More details'), this.root.getByText(reason)];
		await more.or(told).first().waitFor();
		if (await more.isVisible()) await more.click();
		await told.waitFor();
		return await this.root
			.locator('[data-test-id="node-credentials-config-container"]')
			.innerText();
	}

	/** Saves; the dialog closes automatically when n8n's test succeeds. */
	async saveAndPass(): Promise<void> {
		await this.save();
		await this.root.waitFor({ state: 'hidden' });
	}

	/** Waits for the response to the test, so that the message shown afterwards is about these values. */
	private async save(): Promise<void> {
		const tested = this.page.waitForResponse((response) =>
			response.url().endsWith('/rest/credentials/test'),
		);
		await this.root.getByTestId('credential-save-button').click();
		await tested;
	}
}
