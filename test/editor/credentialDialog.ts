import type { Locator, Page } from 'playwright-core';
import { Parameter } from './parameter';

/** The dialog in which a credential is made. */
export class CredentialDialog {
	readonly root: Locator;

	private constructor(private readonly page: Page) {
		this.root = page.getByTestId('editCredential-modal');
	}

	/** The dialog that is open or about to be. */
	static async opened(page: Page): Promise<CredentialDialog> {
		const dialog = new CredentialDialog(page);
		await dialog.root.getByTestId('credential-save-button').waitFor();
		return dialog;
	}

	field(name: string): Parameter {
		return new Parameter(this.page, name, this.root);
	}

	/** Saves, and reads why n8n's test failed; waits for this reason, as another may stand there yet. */
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

	/** Saves; the dialog closes by itself when n8n's test succeeds. */
	async saveAndPass(): Promise<void> {
		await this.save();
		await this.root.waitFor({ state: 'hidden' });
	}

	/** Waits for the answer to the test, so that what is shown afterwards is about these values. */
	private async save(): Promise<void> {
		const tested = this.page.waitForResponse((response) =>
			response.url().endsWith('/rest/credentials/test'),
		);
		await this.root.getByTestId('credential-save-button').click();
		await tested;
	}
}
