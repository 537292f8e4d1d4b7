import { bearerOf, originOf } from '../../credentials/signing';
import { isObject } from '../../nodes/Perculus/values/collections';
import { UserError } from '../n8n/script';

/** A session, an attendee or a report as the API shows it. */
export type View = Record<string, unknown>;

/** A response, with any status. */
export interface Answer {
	status: number;
	body: unknown;
}

/** The account that the environment names, and the sessions of it that may be changed or read. */
export interface Settings {
	/** Origin and path of the API. */
	base: string;
	/** What signs a request. */
	bearer: string;
	/** The session that may be changed. */
	guid: string | undefined;
	/** A session that has ended, whose report is read. */
	finished: string | undefined;
	/** What must never be printed. */
	secrets: readonly string[];
}

const REQUIRED = ['PERCULUS_DOMAIN', 'PERCULUS_ACCESS_KEY', 'PERCULUS_SECRET_KEY'] as const;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TIMEOUT = 30_000;

/** Reads environment variables. @throws UserError that names a missing or wrong one, and shows no key */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
	const value = (name: string) => env[name]?.trim() ?? '';
	const missing = REQUIRED.filter((name) => value(name) === '');
	if (missing.length > 0) throw new UserError(`Set ${missing.join(', ')} first.`);
	const apiPath = value('PERCULUS_API_PATH') || '/xapi/v2';
	const guidIn = (name: string): string | undefined => {
		const guid = value(name);
		if (guid !== '' && !GUID.test(guid))
			throw new UserError(`${name} must be the GUID of a session, or unset.`);
		return guid || undefined;
	};
	const [accessKey, secretKey] = [value('PERCULUS_ACCESS_KEY'), value('PERCULUS_SECRET_KEY')];
	try {
		const bearer = bearerOf(accessKey, secretKey);
		return {
			base: originOf(value('PERCULUS_DOMAIN')) + apiPath,
			bearer,
			guid: guidIn('PERCULUS_SESSION_GUID'),
			finished: guidIn('PERCULUS_FINISHED_SESSION_GUID'),
			// Also as they are in JSON.
			secrets: [bearer, bearer.slice(bearer.indexOf('|') + 1), secretKey, accessKey].flatMap(
				(secret) => [secret, JSON.stringify(secret).slice(1, -1)],
			),
		};
	} catch (error) {
		throw new UserError(error instanceof Error ? error.message : String(error));
	}
}

/** Thrown if a response doesn't answer the question of a check; nothing goes on if it was the first request. */
export class Unanswered extends UserError {}

/** The requests of the checks; it can't create a session, nor change one that the settings don't name. */
export class Client {
	/** What has not been undone by now, a line for each. */
	readonly left = new Set<string>();

	constructor(private readonly settings: Settings) {}

	/** The sessions that the read-only search finds, at most 100. */
	async search(filter: object): Promise<View[]> {
		const { status, body } = await this.send('POST', '/session/search', {
			page_size: 100,
			...filter,
		});
		const list = isObject(body) ? body.data : body;
		if (status === 200 && Array.isArray(list)) return list.filter(isObject);
		const code = isObject(body) && typeof body.code === 'number' ? `, code ${body.code}` : '';
		const advice = 'check the domain, the path and the keys';
		throw new Unanswered(`the search was answered with status ${status}${code}: ${advice}`);
	}

	/** Reads the report of the session that has ended. @param below `/attendees` for its people */
	async report(method: 'GET' | 'POST', below = ''): Promise<Answer> {
		return await this.send(method, `/report/session/${this.settings.finished ?? ''}${below}`);
	}

	/** The session that may be changed, as it is now. */
	async session(): Promise<View> {
		const { status, body } = await this.send('GET', this.own());
		if (status === 200 && isObject(body)) return body;
		throw new Unanswered('the session is not found: check PERCULUS_SESSION_GUID');
	}

	/** Changes the session that may be changed. */
	async change(changes: View): Promise<void> {
		await this.save('/session/batch', { ...changes, session_guid: this.settings.guid });
	}

	/** Saves an attendee of the session that may be changed, and returns it as the response shows it. */
	async saveAttendee(attendee: View): Promise<View> {
		return await this.save(`${this.own()}/attendee/batch`, attendee);
	}

	/** Reads or removes an attendee of the session that may be changed, by attendance code or email address. */
	async attendee(method: 'GET' | 'DELETE', id: string): Promise<Answer> {
		return await this.send(method, `${this.own()}/attendee/${id}`);
	}

	private own(): string {
		const { guid } = this.settings;
		if (guid === undefined) throw new Unanswered('no session is named');
		return `/session/${guid}`;
	}

	/** Sends one item to a batch. @throws Unanswered if it isn't approved */
	private async save(path: string, item: View): Promise<View> {
		this.own();
		const { status, body } = await this.send('POST', path, [item]);
		const { approved, rejected } = isObject(body) ? body : {};
		const saved: unknown = Array.isArray(approved) ? approved[0] : undefined;
		if (isObject(saved)) return saved;
		const first: unknown = Array.isArray(rejected) ? rejected[0] : undefined;
		const why = isObject(first) ? JSON.stringify(first.state) : 'no reason';
		throw new Unanswered(`the change was rejected with status ${status}: ${why}`);
	}

	private async send(method: 'GET' | 'POST' | 'DELETE', path: string, sent?: unknown) {
		try {
			const response = await fetch(this.settings.base + path, {
				method,
				headers: { 'Content-Type': 'application/json', Authorization: this.settings.bearer },
				body: JSON.stringify(sent),
				// The bearer must not travel on to another host.
				redirect: 'manual',
				signal: AbortSignal.timeout(TIMEOUT),
			});
			const body: unknown = await response.json().catch(() => undefined);
			return { status: response.status, body };
		} catch (error) {
			throw new Unanswered(`no response came: ${String((error as Error).cause ?? error)}`);
		}
	}
}
