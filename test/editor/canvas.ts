import type { Locator, Page } from 'playwright-core';
import { NodePanel } from './nodePanel';

/** The workflow as nodes and lines. */
export class Canvas {
	constructor(private readonly page: Page) {}

	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** The labels of a node's outputs, from top to bottom. */
	async outputNamesOf(name: string): Promise<string[]> {
		const handles = this.node(name).getByTestId('canvas-node-output-handle');
		await handles.first().waitFor();
		// After a run, the number of items is shown below the label.
		return (await handles.allInnerTexts()).map((text) => text.trim().split('\n')[0] ?? '');
	}

	/** The lines from a node, such as "main 1 to Planned", in the order of its outputs. */
	async linesFrom(name: string): Promise<string[]> {
		const lines = this.page.locator(`[data-test-id="edge"][data-source-node-name="${name}"]`);
		await lines.first().waitFor();
		const ends = await lines.evaluateAll((all) =>
			all.map((line) => {
				const id = line.querySelector('path')?.id ?? '';
				const [, type, index] = /outputs\/(\w+)\/(\d+)/.exec(id) ?? [];
				return `${type} ${index} to ${line.getAttribute('data-target-node-name')}`;
			}),
		);
		return ends.sort();
	}

	/** The types of a node's outputs. */
	async outputTypesOf(name: string): Promise<string[]> {
		const handles = this.node(name).getByTestId('canvas-node-output-handle');
		await handles.first().waitFor();
		return await handles.evaluateAll((all) =>
			all.map((handle) => handle.getAttribute('data-connection-type') ?? ''),
		);
	}

	/** Opens the list of triggers in an empty workflow. */
	async addFirst(): Promise<NodeCreator> {
		await this.page.getByTestId('canvas-add-button').click();
		return new NodeCreator(this.page);
	}

	/** Opens the list of nodes with the first plus at a node's outputs. */
	async addAfter(name: string): Promise<NodeCreator> {
		await this.node(name).getByTestId('canvas-handle-plus').first().click();
		return new NodeCreator(this.page);
	}

	/** Waits for the number of items on the line to a node, and returns it. */
	async countBefore(name: string): Promise<string> {
		const label = this.page.locator(`[data-test-id="edge-label"][data-target-node-name="${name}"]`);
		const count = label.filter({ hasText: /\d+ items?/ });
		await count.waitFor();
		return (await count.innerText()).trim();
	}

	async open(name: string): Promise<NodePanel> {
		await this.node(name).dblclick();
		return await NodePanel.opened(this.page);
	}

	/** Zooms to show every node. */
	async fit(): Promise<void> {
		await this.page.keyboard.press('1');
		const viewport = this.page.locator('.vue-flow__transformationpane');
		// The canvas moves: it has stopped when two checks in a row have the same result.
		let [before, now] = ['', await viewport.getAttribute('style')];
		while (now !== before) {
			before = now ?? '';
			await this.page.evaluate(
				async () => await new Promise((resolve) => setTimeout(resolve, 150)),
			);
			now = await viewport.getAttribute('style');
		}
	}

	/** Runs the whole workflow. */
	async execute(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
		await this.page.getByText('Workflow executed successfully').waitFor();
	}
}

/** The list of nodes. */
export class NodeCreator {
	constructor(private readonly page: Page) {}

	private entries(): Locator {
		return this.page.getByTestId('item-iterator-item');
	}

	/** The entry with that name. */
	entry(name: string): Locator {
		return this.entries()
			.filter({ has: this.page.getByText(name, { exact: true }) })
			.first();
	}

	/** Searches, and waits until a node with that name is shown. */
	async search(words: string, name: string): Promise<Locator> {
		await this.page.getByTestId('node-creator-search-bar').fill(words);
		await this.entry(name).waitFor();
		return this.entry(name);
	}

	/** Clicks a node and returns its actions. */
	async actionsOf(entry: Locator): Promise<string[]> {
		await entry.click();
		await entry.waitFor({ state: 'hidden' });
		await this.page.getByText(/^Actions \(\d+\)$/).waitFor();
		return await this.entries().allInnerTexts();
	}

	/** Adds the node with this action. */
	async choose(action: string): Promise<NodePanel> {
		await this.page.getByTestId('item-iterator-item').getByText(action, { exact: true }).click();
		return await NodePanel.opened(this.page);
	}
}
