/**
 * A path below the API's base, with each segment encoded: `pathOf('session', guid, 'attendee', 'a@b.example')`.
 *
 * @returns undefined where a segment is empty, '.' or '..', or no text that can be encoded. Dots survive encoding, and an
 * address drops them: '/session/GUID/attendee/..' is '/session/GUID/', whose DELETE deletes the session.
 */
export function pathOf(...segments: string[]): string | undefined {
	const isSafe = segments.every((segment) => !/^\.{0,2}$/.test(segment) && segment.isWellFormed());
	return isSafe ? segments.map((segment) => `/${encodeURIComponent(segment)}`).join('') : undefined;
}
