/** What the person is told of searches for references that read several pages; nothing of a single one. */
export const pagesHint = (pagesRead: number): string | undefined =>
	pagesRead > 1
		? `To find sessions by their references, ${pagesRead} pages of sessions were read in Perculus.`
		: undefined;
