import { serverDefaults } from './switches';
import { targetOf, type Route } from './target';

const { basePaths } = serverDefaults();
const read = (method: string, rest: string, pathIds: 'decoded' | 'raw' = 'decoded') =>
	targetOf(method, `/xapi/v2${rest}`, { basePaths, pathIds });

it.each<[string, string, Route, string, string]>([
	['POST', '/session/batch', 'batch', '', ''],
	['POST', '/session/search', 'search', '', ''],
	['GET', '/session/G', 'get', 'G', ''],
	['DELETE', '/session/G', 'delete', 'G', ''],
	['POST', '/session/G/attendee/batch', 'attendeeBatch', 'G', ''],
	['POST', '/session/G/attendee/search', 'attendeeSearch', 'G', ''],
	['GET', '/session/G/attendee/a@b.example', 'attendeeGet', 'G', 'a@b.example'],
	['DELETE', '/session/G/attendee/A', 'attendeeDelete', 'G', 'A'],
	['POST', '/report/session/G', 'report', 'G', ''],
	['GET', '/report/session/G/attendees', 'reportAttendees', 'G', ''],
])('%s %s is %s', (method, rest, route, guid, attendee) => {
	const target = { route, method, guid, attendee };
	expect(read(method, rest)).toEqual(target);
	expect(read(method, `${rest}?trace=1`)).toEqual(target);
	expect(targetOf(method, `/api/groups/xapi${rest}`, { basePaths, pathIds: 'raw' })).toEqual(
		target,
	);
});

it.each([
	['GET', '/session/batch/x'],
	['PUT', '/session/G'],
	['DELETE', '/session/G/attendee'],
	['DELETE', '/session/G/attendee/'],
	['GET', '/session/'],
	['POST', '/session//attendee/batch'],
	['GET', '/room/search'],
])('%s %s is none', (method, rest) => expect(read(method, rest)).toBeNull());

it.each(['/other/session/G', '*', '', '//', 'http://elsewhere/xapi/v2/session/G'])(
	'the path "%s" is none',
	(path) => expect(targetOf('GET', path, { basePaths, pathIds: 'decoded' })).toBeNull(),
);

it.each(['/session/G/attendee/..', '/session/G/attendee/../', '/session/G/attendee/%2e%2E'])(
	'%s is the session itself: to delete it deletes the session',
	(rest) =>
		expect(read('DELETE', rest)).toEqual({
			route: 'delete',
			method: 'DELETE',
			guid: 'G',
			attendee: '',
		}),
);

it('pathIds', () => {
	const encoded = '/session/G/attendee/a%2Bb%40c.example';
	expect(read('GET', encoded)?.attendee).toBe('a+b@c.example');
	expect(read('GET', encoded, 'raw')?.attendee).toBe('a%2Bb%40c.example');
	expect(read('GET', '/session/G/attendee/a+b@c.example')?.attendee).toBe('a+b@c.example');
	expect(read('GET', '/session/G/attendee/50%')?.attendee).toBe('50%');
	// A slash that is encoded divides nothing.
	expect(read('GET', '/session/G/attendee/..%2F..')?.attendee).toBe('../..');
});
