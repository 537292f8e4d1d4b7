import { parseArgs } from 'node:util';
import { SAMPLE_STORED, SAMPLE_STORED_GUID, SAMPLE_USER_GUID, startPerculusServer } from '.';
import type { PerculusServer, Switches } from '.';
import type { RecordedRequest } from './http';
import { defaultSwitches } from './switches';

const DEFAULTS = defaultSwitches();
const SETTABLE = Object.entries(DEFAULTS).filter(
	([, value]) => value === null || !['function', 'object'].includes(typeof value),
);

const USAGE = `npm run perculus-server -- [--port 4010] [--host 127.0.0.1] [--set switch=value …]

Switches and their defaults (test/perculus-server/switches.ts explains each):
${SETTABLE.map(([name, value]) => `  ${name}=${String(value)}`).join('\n')}`;

/** The switches of `--set name=value`. */
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

/** A class of yesterday in which one person stayed, one left early and one was absent. */
function finishedClass(server: PerculusServer): string {
	const start = new Date(Date.now() - 24 * 60 * 60_000).toISOString();
	const preset = { name: 'Algebra', start_date: start, timezone: 'UTC' };
	const { session_guid: guid, start_ms: startMs } = server.preload(preset);
	const minutes = { 'ada@example.com': 60, 'bob@example.com': 20, 'eve@example.com': 0 };
	for (const [email, stayed] of Object.entries(minutes)) {
		server.preloadAttendee(guid, { email, name: email.slice(0, 3) });
		const left = new Date(startMs + stayed * 60_000);
		if (stayed > 0) server.attend(guid, { email, joined: new Date(startMs), left });
	}
	server.finish(guid);
	return guid;
}

async function main() {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: process.env.PERCULUS_PORT ?? '4010' },
			host: { type: 'string', default: '127.0.0.1' },
			set: { type: 'string', multiple: true, default: [] },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) return console.log(USAGE);
	const server = await startPerculusServer({
		...readSwitches(values.set),
		port: Number(values.port),
		host: values.host,
		onRequest: (request) => console.log(line(request)),
	});
	// The sample's own start is past by now; the session keeps its GUID and starts in a month.
	server.preload({ ...SAMPLE_STORED, start_date: undefined });
	server.preloadUser({ user_guid: SAMPLE_USER_GUID });
	// Keys given by hand may be a person's own, so only the made-up pair is shown.
	const shown = (key: 'accessKey' | 'secretKey') =>
		server.switches[key] === DEFAULTS[key] ? DEFAULTS[key] : '(as given)';
	console.log(`Local Perculus server ${server.url}
Base paths            ${server.switches.basePaths.join('  ')}
Access key            ${shown('accessKey')}
Secret key            ${shown('secretKey')}
A session to update   ${SAMPLE_STORED_GUID}
A user to add         ${SAMPLE_USER_GUID}
A session with people ${finishedClass(server)}
Ctrl-C ends it.
`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void server.stop());
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	console.error('--help lists the switches.');
	process.exitCode = 1;
});
