import type { Locator, Page } from 'playwright-core';
import { NodePanel } from './nodePanel';

/** The workflow as nodes and lines. */
export class Canvas {
	constructor(private readonly page: Page) {}

	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** The words beside a node's outputs, from top to bottom. */
	async outputNamesOf(name: string): Promise<string[]> {
		const handles = this.node(name).getByTestId('canvas-node-output-handle');
		await handles.first().waitFor();
		// Below the name stands how many items went this way, once the node has run.
		return (await handles.allInnerTexts()).map((text) => text.trim().split('\n')[0] ?? '');
	}

	/** The lines that go out of a node, such as "main 1 to Planned", in the order of its outputs. */
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

	/** The kinds of lines that a node's outputs take. */
	async outputTypesOf(name: string): Promise<string[]> {
		const handles = this.node(name).getByTestId('canvas-node-output-handle');
		await handles.first().waitFor();
		return await handles.evaluateAll((all) =>
			all.map((handle) => handle.getAttribute('data-connection-type') ?? ''),
		);
	}

	/** Opens the list of triggers, in a workflow that has nothing yet. */
	async addFirst(): Promise<NodeCreator> {
		await this.page.getByTestId('canvas-add-button').click();
		return new NodeCreator(this.page);
	}

	/** Opens the list of nodes behind the plus at a node's output: at the first that has one. */
	async addAfter(name: string): Promise<NodeCreator> {
		await this.node(name).getByTestId('canvas-handle-plus').first().click();
		return new NodeCreator(this.page);
	}

	/** How many items went to a node, as the line to it says; waits until the line says so. */
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

	/** Brings every node into sight. */
	async fit(): Promise<void> {
		await this.page.keyboard.press('1');
		const viewport = this.page.locator('.vue-flow__transformationpane');
		// The canvas glides: it has arrived when two looks in a row see the same.
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

/** The list in which a person looks for a node. */
export class NodeCreator {
	constructor(private readonly page: Page) {}

	private entries(): Locator {
		return this.page.getByTestId('item-iterator-item');
	}

	/** An entry of that name. */
	entry(name: string): Locator {
		return this.entries()
			.filter({ has: this.page.getByText(name, { exact: true }) })
			.first();
	}

	/** Searches, and waits until a node of that name is offered. */
	async search(words: string, name: string): Promise<Locator> {
		await this.page.getByTestId('node-creator-search-bar').fill(words);
		await this.entry(name).waitFor();
		return this.entry(name);
	}

	/** The actions a node offers, after a click on it. */
	async actionsOf(entry: Locator): Promise<string[]> {
		await entry.click();
		await entry.waitFor({ state: 'hidden' });
		await this.page.getByText(/^Actions \(\d+\)$/).waitFor();
		return await this.entries().allInnerTexts();
	}

	/** Adds the node that does this. */
	async choose(action: string): Promise<NodePanel> {
		await this.page.getByTestId('item-iterator-item').getByText(action, { exact: true }).click();
		return await NodePanel.opened(this.page);
	}
}
