/** Waits that can all be ended at once, so that a server can stop in the middle of them. */
export class Pauses {
	private readonly timers = new Set<NodeJS.Timeout>();

	wait(ms: number): Promise<void> {
		return new Promise((resolve) => {
			const timer = setTimeout(() => {
				this.timers.delete(timer);
				resolve();
			}, ms);
			this.timers.add(timer);
		});
	}

	/** What waits is never woken again. */
	end(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
	}
}
