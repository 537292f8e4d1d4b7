import { parseArgs } from 'node:util';
import { ACCESS_KEY, SAMPLE_STORED, SAMPLE_STORED_GUID, SAMPLE_USER_GUID } from '.';
import { SECRET_KEY, startPerculusServer } from '.';
import type { PerculusServer, Switches } from '.';
import type { RecordedRequest } from './http';
import { defaultSwitches } from './switches';

const SETTABLE = Object.entries(defaultSwitches()).filter(
	([name, value]) =>
		!['accessKey', 'secretKey'].includes(name) &&
		!['function', 'object'].includes(typeof (value ?? 0)),
);

const USAGE = `npm run perculus-server -- [--port 4010] [--set switch=value …]

Switches and their defaults (test/perculus-server/switches.ts explains each):
${SETTABLE.map(([name, value]) => `  ${name}=${String(value)}`).join('\n')}`;

function readSwitches(settings: readonly string[]): Partial<Switches> {
	const entries = settings.map((setting) => {
		const [, name = '', text = ''] = /^(\w+)=(.*)$/.exec(setting) ?? [];
		const known = SETTABLE.find(([it]) => it === name);
		if (!known) throw new Error(`--set doesn't know "${setting}"`);
		return [name, typeof known[1] === 'string' ? text : (JSON.parse(text) as number | boolean)];
	});
	return Object.fromEntries(entries) as Partial<Switches>;
}

/** One line for each request: never a header, so the bearer can't get into a log. */
function line({ method, path, body, at, status }: RecordedRequest): string {
	const items = Array.isArray(body) ? `  ${body.length} item(s)` : '';
	const time = new Date(at).toISOString().slice(11, 19);
	return `${time}  ${method} ${encodeURI(path.split('?', 1)[0] ?? '')}  ${status ?? 'no response'}${items}  ${Date.now() - at} ms`;
}

/** A class of yesterday: Ada stayed, Bob left early, Eve was absent. */
function finishedClass(server: PerculusServer): string {
	const start_date = new Date(Date.now() - 24 * 60 * 60_000).toISOString();
	const { session_guid: guid, start_ms } = server.preload({ name: 'Algebra', start_date });
	for (const [name, minutes] of Object.entries({ ada: 60, bob: 20, eve: 0 })) {
		const { email } = server.preloadAttendee(guid, { name, email: `${name}@example.com` });
		const left = new Date(start_ms + minutes * 60_000);
		if (minutes > 0) server.attend(guid, { email, joined: new Date(start_ms), left });
	}
	server.finish(guid);
	return guid;
}

async function main() {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: process.env.PERCULUS_PORT ?? '4010' },
			set: { type: 'string', multiple: true, default: [] },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) return console.log(USAGE);
	const onRequest = (request: RecordedRequest) => console.log(line(request));
	const options = { ...readSwitches(values.set), port: Number(values.port), onRequest };
	const server = await startPerculusServer(options);
	// The sample's own start is past by now; the session keeps its GUID and starts in a month.
	server.preload({ ...SAMPLE_STORED, start_date: undefined });
	server.preloadUser({ user_guid: SAMPLE_USER_GUID });
	console.log(`Domain                ${server.url}
API Path              ${server.switches.basePaths.join('  ')}
Access Key            ${ACCESS_KEY}
Secret Key            ${SECRET_KEY}
A session to update   ${SAMPLE_STORED_GUID}
A user to add         ${SAMPLE_USER_GUID}
A session with people ${finishedClass(server)}
Ctrl-C ends it.
`);
}

main().catch((error: unknown) => {
	const isTaken = (error as { code?: unknown }).code === 'EADDRINUSE';
	console.error(error instanceof Error ? error.message : error);
	console.error(isTaken ? 'Choose another --port.' : '--help lists the switches.');
	process.exitCode = 1;
});
