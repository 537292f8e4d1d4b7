/** What e-mail addresses have and a path may have as it is: so it reaches a server that decodes nothing, too. */
const AS_IT_IS: Record<string, string> = { '%40': '@', '%2B': '+' };

const encoded = (segment: string) =>
	encodeURIComponent(segment).replace(/%40|%2B/g, (code) => AS_IT_IS[code] ?? code);

/**
 * A path below the API's base, with each segment encoded: `pathOf('course', guid, 'person', 'a@b.example')`.
 *
 * @returns undefined where a segment is empty, '.' or '..', or no text that can be encoded. Dots survive encoding, and an
 * address drops them: '/course/GUID/person/..' is '/course/GUID/', whose DELETE deletes the course.
 */
export function pathOf(...segments: string[]): string | undefined {
	const isSafe = segments.every((segment) => !/^\.{0,2}$/.test(segment) && segment.isWellFormed());
	return isSafe ? segments.map((segment) => `/${encoded(segment)}`).join('') : undefined;
}
