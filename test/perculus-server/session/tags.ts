import type { Switches } from '../switches';

/** Documented: one text, the tags divided by commas. */
function listOf(tags: string): string[] {
	return tags
		.split(',')
		.map((tag) => tag.trim())
		.filter((tag) => tag !== '');
}

export function spellTags(tags: string | null, spelling: Switches['tags']): string | null {
	return tags === null || spelling === 'kept' ? tags : listOf(tags).sort().join(', ');
}

/** The old tags, then those of the new ones that are not among them. */
export function joinTags(old: string | null, added: string): string {
	const kept = listOf(old ?? '');
	return [...kept, ...listOf(added).filter((tag) => !kept.includes(tag))].join(',');
}

/** Whether a session's tags are what a search asks for; see the switch. */
export function hasTags(tags: string | null, asked: string, match: Switches['tagsMatch']): boolean {
	const [text, filter] = [tags?.toLowerCase() ?? '', asked.toLowerCase()];
	if (match === 'part') return text.includes(filter);
	if (match === 'text') return text === filter;
	return match === 'ignored' || listOf(filter).every((tag) => listOf(text).includes(tag));
}
