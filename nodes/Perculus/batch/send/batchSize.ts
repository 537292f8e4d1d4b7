/**
 * How many drafts go into the next request. A request that is too large is halved; where one draft alone proves
 * too large, it was that draft and not the number, and the size grows back.
 */
export class BatchSize {
	private isGrowing = false;

	/** @param most Infinity for all in one */
	constructor(
		private readonly most: number,
		private size = most,
	) {}

	get next(): number {
		return this.size;
	}

	/** A request of so many drafts was too large. */
	tooLarge(count: number): void {
		this.size = Math.ceil(count / 2);
		this.isGrowing = count === 1;
	}

	/** A request was not too large. Growing is by doubling, so that many large drafts cost little more each. */
	fits(): void {
		if (this.isGrowing) this.size = Math.min(this.size * 2, this.most);
	}
}
