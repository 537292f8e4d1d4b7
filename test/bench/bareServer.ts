/**
 * The least server there can be, in a process of its own: answers every batch with one approved session an item, as
 * large as the API's, and does nothing else. Argument: which items it refuses instead, `none`, `all` or `half` of them.
 * Prints its port.
 */
import { createServer } from 'node:http';

const OPTIONS =
	'{"allow_rating":true,"preparation_time":15,"session_duration":60,"chat":{"offMessageModule":false,"offGeneralMsging":false,"offGeneralMsgLimitForUser":false,"offSpecialMsging":false,"offSpecialMsgToAdmin":false,"offSpecialMsgToUser":false,"offNewMsgSound":false,"offClearForReplay":false,"onNewMsgSoundInAll":false,"onNewMsgNotifyInAll":false},"duration":{"allowExtendTime":true,"useRemainingTime":false},"allow_users_stream_self_cam_mic":true,"hide_user_streams":false,"enable_attendance_check":true,"enable_simultaneous_interpretation":false,"enable_simultaneous_interpretation_for_users":false,"start_active":false,"return_url":"","allow_reactions":true,"enable_recording_auto_start":null,"skip_approval_on_join":null,"enable_session_auto_start":null,"enable_session_auto_finish":null}';

interface Sent {
	session_guid?: string;
	name: string;
	start_date: string;
	duration: number;
	timezone: string;
	lang: string;
}

const [, , refuses = 'none'] = process.argv;
const isRefused = (i: number) => refuses === 'all' || (refuses === 'half' && i % 2 === 1);

function approval(session: Sent, i: number): string {
	const guid = session.session_guid ?? `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
	const start = session.start_date.replace('Z', '+03:00');
	return `{"session_guid":"${guid}","name":${JSON.stringify(session.name)},"description":null,"tags":null,"start_date":"${start}","timezone":"${session.timezone}","duration":${session.duration},"lang":"${session.lang}","status":1,"replay_status":0,"options":${OPTIONS},"creation_date":"2026-11-22T16:07:35.488565+03:00","updating_date":"2026-11-22T16:07:35.488565+03:00"}`;
}

function rejection(session: Sent): string {
	const start = session.start_date.replace('Z', '+00:00');
	return `{"model":{"session_guid":null,"name":${JSON.stringify(session.name)},"description":null,"tags":null,"start_date":"${start}","duration":${session.duration},"lang":"${session.lang}","allow_recording":true,"inaccessible_replay":false,"options":null,"timezone":"${session.timezone}"},"state":{"code":12,"details":["Invalid session start date."]}}`;
}

function answer(sessions: Sent[]): { status: number; body: string } {
	const approved: string[] = [];
	const rejected: string[] = [];
	sessions.forEach((session, i) => {
		if (isRefused(i)) rejected.push(rejection(session));
		else approved.push(approval(session, i));
	});
	// As in the vendor's sample, not in the order of the request.
	rejected.reverse();
	const body = `{"approved":[${approved.join(',')}],"rejected":[${rejected.join(',')}]}`;
	if (rejected.length === 0) return { status: 200, body };
	return { status: approved.length > 0 ? 207 : 400, body };
}

const server = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const { status, body } = answer(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Sent[]);
		response.writeHead(status, { 'content-type': 'application/json' }).end(body);
	});
});

server.listen(0, '127.0.0.1', () => {
	const address = server.address();
	process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
