/**
 * The least server there can be for attendees, in a process of its own: answers every batch with one approved attendee
 * an item, after so many milliseconds, and does nothing else. Argument: milliseconds. Prints its port.
 */
import { createServer } from 'node:http';

const latencyMs = Number(process.argv[2] ?? 0);

interface Sent {
	email: string;
	name: string;
	surname: string;
	role?: string;
}

const AT = '2026-11-22T16:07:35.488565+03:00';

function answer(session: string, people: Sent[]): string {
	const approved = people.map(({ email, name, surname, role = 'u' }, i) => {
		const code = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
		return `{"session_guid":"${session}","user_guid":null,"attendee_id":${i + 1},"attendance_code":"${code}","name":${JSON.stringify(name)},"surname":${JSON.stringify(surname)},"email":${JSON.stringify(email)},"role":"${role}","mobile":null,"avatar":null,"creation_date":"${AT}","updating_date":"${AT}"}`;
	});
	return `{"approved":[${approved.join(',')}],"rejected":[]}`;
}

const server = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const session = /\/session\/([^/]+)\//.exec(request.url ?? '')?.[1] ?? '';
		const body = answer(session, JSON.parse(Buffer.concat(chunks).toString('utf8')) as Sent[]);
		const send = () => response.writeHead(200, { 'content-type': 'application/json' }).end(body);
		if (latencyMs > 0) setTimeout(send, latencyMs);
		else send();
	});
});

server.listen(0, '127.0.0.1', () => {
	const address = server.address();
	process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
