/**
 * The least server there can be, in a process of its own: answers every batch with one approved session an item, as
 * large as the API's, and does nothing else. Prints its port.
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

function answer(sessions: Sent[]): string {
	const approved = sessions.map((session, i) => {
		const guid = session.session_guid ?? `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
		const start = session.start_date.replace('Z', '+03:00');
		return `{"session_guid":"${guid}","name":${JSON.stringify(session.name)},"description":null,"tags":null,"start_date":"${start}","timezone":"${session.timezone}","duration":${session.duration},"lang":"${session.lang}","status":1,"replay_status":0,"options":${OPTIONS},"creation_date":"2026-11-22T16:07:35.488565+03:00","updating_date":"2026-11-22T16:07:35.488565+03:00"}`;
	});
	return `{"approved":[${approved.join(',')}],"rejected":[]}`;
}

const server = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const body = answer(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Sent[]);
		response.writeHead(200, { 'content-type': 'application/json' }).end(body);
	});
});

server.listen(0, '127.0.0.1', () => {
	const address = server.address();
	process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
