/**
 * The least server there can be, in a process of its own: answers every batch with one approved session or attendee an
 * item, as large as the API's, and does nothing else. Arguments: which sessions it rejects instead (`none`, `all` or
 * `half` of them), and after how many milliseconds it responds. Prints its port.
 */
import { createServer } from 'node:http';

const OPTIONS =
	'{"allow_rating":true,"preparation_time":15,"session_duration":60,"chat":{"offMessageModule":false,"offGeneralMsging":false,"offGeneralMsgLimitForUser":false,"offSpecialMsging":false,"offSpecialMsgToAdmin":false,"offSpecialMsgToUser":false,"offNewMsgSound":false,"offClearForReplay":false,"onNewMsgSoundInAll":false,"onNewMsgNotifyInAll":false},"duration":{"allowExtendTime":true,"useRemainingTime":false},"allow_users_stream_self_cam_mic":true,"hide_user_streams":false,"enable_attendance_check":true,"enable_simultaneous_interpretation":false,"enable_simultaneous_interpretation_for_users":false,"start_active":false,"return_url":"","allow_reactions":true,"enable_recording_auto_start":null,"skip_approval_on_join":null,"enable_session_auto_start":null,"enable_session_auto_finish":null}';
const DATES =
	'"creation_date":"2026-11-22T16:07:35.488565+03:00","updating_date":"2026-11-22T16:07:35.488565+03:00"';

type Sent = Record<string, string>;

const [, , rejects = 'none', latencyMs = '0'] = process.argv;
const isRejected = (i: number) => rejects === 'all' || (rejects === 'half' && i % 2 === 1);
const guidAt = (i: number) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;

function attendee(session: string, { email, name, surname, role = 'u' }: Sent, i: number): string {
	return `{"session_guid":"${session}","user_guid":null,"attendee_id":${i + 1},"attendance_code":"${guidAt(i)}","name":${JSON.stringify(name)},"surname":${JSON.stringify(surname)},"email":${JSON.stringify(email)},"role":"${role}","mobile":null,"avatar":null,${DATES}}`;
}

function approval(session: Sent, i: number): string {
	const start = session.start_date?.replace('Z', '+03:00');
	return `{"session_guid":"${guidAt(i)}","name":${JSON.stringify(session.name)},"description":null,"tags":null,"start_date":"${start}","timezone":"${session.timezone}","duration":${session.duration},"lang":"${session.lang}","status":1,"replay_status":0,"options":${OPTIONS},${DATES}}`;
}

function rejection(session: Sent): string {
	const start = session.start_date?.replace('Z', '+00:00');
	return `{"model":{"session_guid":null,"name":${JSON.stringify(session.name)},"description":null,"tags":null,"start_date":"${start}","duration":${session.duration},"lang":"${session.lang}","allow_recording":true,"inaccessible_replay":false,"options":null,"timezone":"${session.timezone}"},"state":{"code":12,"details":["Invalid session start date."]}}`;
}

function respond(url: string, items: Sent[]): { status: number; body: string } {
	const session = /\/session\/([^/]+)\/attendee\//.exec(url)?.[1];
	const isRefused = (_: Sent, i: number) => session === undefined && isRejected(i);
	const approved = items.flatMap((item, i) => {
		if (isRefused(item, i)) return [];
		return [session === undefined ? approval(item, i) : attendee(session, item, i)];
	});
	// As in the vendor's sample, not in the order of the request.
	const rejected = items.filter(isRefused).map(rejection).reverse();
	const body = `{"approved":[${approved.join(',')}],"rejected":[${rejected.join(',')}]}`;
	if (rejected.length === 0) return { status: 200, body };
	return { status: approved.length > 0 ? 207 : 400, body };
}

const server = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const items = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Sent[];
		const { status, body } = respond(request.url ?? '', items);
		const send = () => response.writeHead(status, { 'content-type': 'application/json' }).end(body);
		if (latencyMs === '0') send();
		else setTimeout(send, Number(latencyMs));
	});
});

server.listen(0, '127.0.0.1', () => {
	const address = server.address();
	process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
