import type { PathIds } from './switches';

/** The routes of the API that the stand-in serves, by the names that faults and tests use. */
export type Route =
	| 'batch'
	| 'search'
	| 'get'
	| 'delete'
	| 'attendeeBatch'
	| 'attendeeSearch'
	| 'attendeeGet'
	| 'attendeeDelete'
	| 'report'
	| 'reportAttendees';

export interface Target {
	route: Route;
	method: string;
	/** Of everything below `/session/:guid`; '' elsewhere. */
	guid: string;
	/** Of `/session/:guid/attendee/:id`: an attendance code, an e-mail address or a user's GUID. */
	attendee: string;
}

/** Documented: the paths and methods. `:` stands for any one segment. */
const ROUTES: ReadonlyArray<readonly [Route, string, string]> = [
	['batch', 'POST', '/session/batch'],
	['search', 'POST', '/session/search'],
	['get', 'GET', '/session/:'],
	['delete', 'DELETE', '/session/:'],
	['attendeeBatch', 'POST', '/session/:/attendee/batch'],
	['attendeeSearch', 'POST', '/session/:/attendee/search'],
	['attendeeGet', 'GET', '/session/:/attendee/:'],
	['attendeeDelete', 'DELETE', '/session/:/attendee/:'],
	// The docs and the vendor's client differ in the method; the switch decides.
	['report', 'POST', '/report/session/:'],
	['report', 'GET', '/report/session/:'],
	['reportAttendees', 'POST', '/report/session/:/attendees'],
	['reportAttendees', 'GET', '/report/session/:/attendees'],
];

/**
 * A path as HTTP servers read it: without its query, `.` and `..` resolved (written as `%2e`, too),
 * a slash at the end ignored. So `/session/G/attendee/..` is `/session/G`, and a client that lets
 * `..` through as an attendee deletes the session.
 */
function segmentsOf(path: string): string[] {
	const plain = path.split(/[?#]/, 1)[0] ?? '';
	if (!plain.startsWith('/') || !URL.canParse(`http://host${plain}`)) return [];
	return new URL(`http://host${plain}`).pathname.replace(/\/$/, '').split('/').slice(1);
}

function decoded(segment: string, pathIds: PathIds): string {
	if (pathIds === 'raw') return segment;
	try {
		return decodeURIComponent(segment);
	} catch {
		// Not percent-encoding at all, such as a lone `%`: taken as it stands.
		return segment;
	}
}

/** Which route a request means; null for everything the stand-in does not serve. */
export function targetOf(
	method: string,
	path: string,
	{ basePaths, pathIds }: { basePaths: readonly string[]; pathIds: PathIds },
): Target | null {
	const segments = segmentsOf(path);
	for (const base of basePaths) {
		const prefix = base.split('/').slice(1);
		if (!prefix.every((part, at) => segments[at] === part)) continue;
		const rest = segments.slice(prefix.length);
		for (const [route, verb, pattern] of ROUTES) {
			if (verb !== method) continue;
			const ids = match(rest, pattern.split('/').slice(1));
			const [guid = '', attendee = ''] = ids ?? [];
			if (!ids) continue;
			return { route, method, guid: decoded(guid, pathIds), attendee: decoded(attendee, pathIds) };
		}
	}
	return null;
}

/** The segments that the pattern leaves open; null when they do not fit or one is empty. */
function match(segments: readonly string[], pattern: readonly string[]): string[] | null {
	if (segments.length !== pattern.length) return null;
	const fits = pattern.every((part, at) => (part === ':' ? segments[at] : segments[at] === part));
	return fits ? segments.filter((_, at) => pattern[at] === ':') : null;
}
