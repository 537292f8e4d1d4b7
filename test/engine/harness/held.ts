import type { PerculusServer } from '../../perculus-server';
import { guidAt } from './sessions';
import { ZONE } from './setup';

export const USER = 'AAAAAAAA-0000-4000-8000-000000000001';

/** The date of a time of day (HH:mm) in the session. */
export const at = (time: string) => `2025-03-03T${time}:00+03:00`;

/** Puts finished sessions on the server, each with attendees and their visits. */
export const holdSessions = (server: PerculusServer, count: number): string[] =>
	Array.from({ length: count }, (_, n) => {
		hold(server, guidAt(n + 1), `CS ${n + 1}`);
		server.finish(guidAt(n + 1));
		return guidAt(n + 1);
	});

/** An hour, not finished: Ada, a user and the instructor, attends all of it, Bob 20 minutes in two visits. */
export function hold(server: PerculusServer, guid: string, name = 'Algebra'): void {
	const start = { start_date: '2025-03-03T10:00:00Z', duration: 60, timezone: ZONE };
	server.preload({ session_guid: guid, name, tags: `ref:${name}`, ...start });
	server.preloadUser({ user_guid: USER, email: 'ada@school.example', role: 'e', name: 'Ada' });
	server.preloadAttendee(guid, { user_guid: USER });
	server.preloadAttendee(guid, { email: 'bob@school.example', name: 'Bob', surname: 'B' });
	server.preloadAttendee(guid, { email: 'eve@school.example', name: 'Eve', surname: 'E' });
	const visit = (email: string, joined: string, left: string) =>
		server.attend(guid, { email, joined: at(joined), left: at(left) });
	visit('ada@school.example', '10:00', '11:00');
	visit('BOB@school.example', '10:05', '10:15');
	visit('bob@school.example', '10:40', '10:50');
}
