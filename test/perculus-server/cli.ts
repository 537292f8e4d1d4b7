import { parseArgs } from 'node:util';
import {
	ACCESS_KEY,
	SAMPLE_STORED,
	SAMPLE_STORED_GUID,
	SAMPLE_USER_GUID,
	SECRET_KEY,
	startPerculusServer,
	type RecordedRequest,
} from '.';
import { FLAGS, readFlags } from './flags';
import { defaultSwitches } from './switches';

const DEFAULT_PORT = 4010;

const USAGE = `npm run perculus-server -- [--port 4010] [--host 127.0.0.1] [--access-key …] [--secret-key …] [switches]

Switches (see switches.ts for what each one means):
${Object.entries(FLAGS)
	.map(
		([flag, [, kind]]) =>
			`  --${flag} ${typeof kind === 'string' ? `<${kind}>` : kind.join(' | ')}`,
	)
	.join('\n')}`;

function readPort(text: string): number {
	const port = Number(text);
	if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`"${text}" is no port`);
	return port;
}

/** One line a request: never a header, so the bearer cannot get into a log. */
function line({ method, path, route, body, at, status }: RecordedRequest): string {
	const noun = route?.startsWith('attendee') ? 'attendee' : 'session';
	const items = Array.isArray(body)
		? `  ${body.length} ${noun}${body.length === 1 ? '' : 's'}`
		: '';
	const time = new Date(at).toISOString().slice(11, 19);
	return `${time}  ${method} ${encodeURI(path.split('?', 1)[0] ?? '')}  ${status ?? 'no answer'}${items}  ${Date.now() - at} ms`;
}

async function main() {
	const option = { type: 'string' } as const;
	const flags = Object.fromEntries(Object.keys(FLAGS).map((flag) => [flag, option]));
	const { values } = parseArgs({
		options: {
			...flags,
			port: option,
			host: option,
			'access-key': option,
			'secret-key': option,
			help: { type: 'boolean', short: 'h' },
		},
	}) as { values: Record<string, string | boolean | undefined> };
	if (values.help) return console.log(USAGE);

	const text = (flag: string) => (typeof values[flag] === 'string' ? values[flag] : undefined);
	const accessKey = text('access-key') ?? ACCESS_KEY;
	const secretKey = text('secret-key') ?? SECRET_KEY;
	const server = await startPerculusServer({
		...readFlags(values),
		accessKey,
		secretKey,
		port: readPort(text('port') ?? process.env.PERCULUS_PORT ?? String(DEFAULT_PORT)),
		host: text('host') ?? '127.0.0.1',
		onRequest: (request) => console.log(line(request)),
	});
	// The sample's own start is past by now; the session keeps its GUID and starts in a month.
	server.preload({ ...SAMPLE_STORED, start_date: undefined });
	server.preloadUser({ user_guid: SAMPLE_USER_GUID });

	console.log(`Perculus stand-in  ${server.url}`);
	console.log(`Base paths         ${defaultSwitches().basePaths.join('  ')}`);
	// Keys given by hand may be somebody's own, so only the made-up pair is shown.
	console.log(`Access key         ${accessKey === ACCESS_KEY ? ACCESS_KEY : '(as given)'}`);
	console.log(`Secret key         ${secretKey === SECRET_KEY ? SECRET_KEY : '(as given)'}`);
	console.log(`A session to update ${SAMPLE_STORED_GUID}`);
	console.log(`A user to add       ${SAMPLE_USER_GUID}`);
	console.log('Ctrl-C ends it.\n');

	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void server.stop());
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	console.error('--help lists the flags.');
	process.exitCode = 1;
});
