import { SESSION_CATALOGUE } from '../../nodes/Perculus/session/fields';
import { readModel, resultsOf } from '../../nodes/Perculus/transport/body';
import { isObject } from '../../nodes/Perculus/values/collections';
import { UserError } from '../n8n/script';
import type { Settings } from './settings';

/** A session as the API shows it. */
export type View = Record<string, unknown>;

/** An answer, whatever its status. */
export interface Answer {
	status: number;
	body: unknown;
}

const { plainKeys } = SESSION_CATALOGUE;
const TIMEOUT = 30_000;

/** Why an answer is of no use, in a sentence. */
const REASONS: Readonly<Record<number, string>> = {
	401: 'Perculus does not accept the keys. Copy both once more.',
	403: 'Perculus knows the keys, but does not let them use the API.',
	404: 'There is no Perculus API at this address. Check PERCULUS_DOMAIN, or try the other PERCULUS_API_PATH.',
	429: 'Perculus wants fewer requests. Try again later.',
};

/** Thrown where an answer does not tell what was asked for; the check's result is "not found out" then. */
export class NoAnswer extends Error {}

/**
 * The requests that the check makes: those that only read, and changes of the one session that the settings name. It has
 * no way to create a session, nor to touch another one.
 */
export class Api {
	/** What could not be undone, a line for each. */
	readonly left: string[] = [];

	constructor(private readonly settings: Settings) {}

	/** The read-only search, as it is answered. */
	async ask(filter: object): Promise<Answer> {
		return await this.post('/session/search', filter, this.settings.bearer);
	}

	/** The same without a signature. */
	async askUnsigned(): Promise<Answer> {
		return await this.post('/session/search', { page_number: 1, page_size: 1 });
	}

	/** The sessions that the search finds. */
	async search(filter: object): Promise<View[]> {
		const { status, body } = await this.ask(filter);
		if (status !== 200 || !Array.isArray(body))
			throw new NoAnswer(`The search was answered with status ${status}`);
		return body.map((view) => readModel(view, plainKeys)).filter((view) => view !== null);
	}

	/** Reads what is at a path; whatever the status. */
	async get(path: string): Promise<Answer> {
		return await this.send('GET', path, undefined, this.settings.bearer);
	}

	/** Reads the report of a session. @param below `/attendees` for its people */
	async report(method: 'GET' | 'POST', guid: string, below = ''): Promise<Answer> {
		const path = `/report/session/${guid}${below}`;
		return await this.send(method, path, undefined, this.settings.bearer);
	}

	/** The search for the attendees of a session, as it is answered; it only reads. */
	async askAttendees(guid: unknown, filter: object): Promise<Answer> {
		return await this.post(
			`/session/${String(guid)}/attendee/search`,
			filter,
			this.settings.bearer,
		);
	}

	/** Saves an attendee of the session that may be changed, and returns it as the answer shows it. */
	async saveAttendee(attendee: View): Promise<View> {
		return (await this.batch('/attendee/batch', attendee)).view;
	}

	/** Reads or removes an attendee of the session that may be changed. @param id stands in the path as it is */
	async attendee(method: 'GET' | 'DELETE', id: string): Promise<Answer> {
		return await this.send(method, `${this.own()}/attendee/${id}`, undefined, this.settings.bearer);
	}

	/** The session that may be changed, as it is now. */
	async read(): Promise<View> {
		const { guid } = this.settings;
		if (guid === undefined) throw new NoAnswer('No session is named');
		const found = (await this.search({ session_id: guid })).filter(
			({ session_guid }) => String(session_guid).toLowerCase() === guid.toLowerCase(),
		);
		const [view] = found;
		if (!view || found.length !== 1) throw new NoAnswer('The named session is not found');
		return view;
	}

	/** Changes the named session, and returns it as the answer shows it. */
	async change(changes: View): Promise<{ view: View; answer: Answer }> {
		const { guid } = this.settings;
		if (guid === undefined) throw new NoAnswer('No session is named');
		return await this.batch('', { ...changes, session_guid: guid });
	}

	/** The path of the session that may be changed. */
	private own(): string {
		const { guid } = this.settings;
		if (guid === undefined) throw new NoAnswer('No session is named');
		return `/session/${guid}`;
	}

	/** Sends one item to the batch of sessions, or to one below the session that may be changed. */
	private async batch(below: string, item: View): Promise<{ view: View; answer: Answer }> {
		const path = below === '' ? '/session/batch' : this.own() + below;
		const answer = await this.post(path, [item], this.settings.bearer);
		const results = resultsOf(answer.body, plainKeys);
		const view = results?.approved[0];
		if (view) return { view, answer };
		const refusal = results?.rejected[0];
		const why = refusal
			? `code ${refusal.code ?? '?'}: ${refusal.details.join('; ')}`
			: `status ${answer.status}`;
		throw new NoAnswer(`The change was refused (${why})`);
	}

	/**
	 * Whether the account can be read at all.
	 *
	 * @throws UserError in a sentence that says what to do, when it cannot
	 */
	async requireAccess(): Promise<void> {
		const { status, body } = await this.ask({ page_number: 1, page_size: 1 });
		if (status === 200) return;
		const code = isObject(body) && typeof body.code === 'number' ? `, code ${body.code}` : '';
		const redirects = status >= 300 && status < 400;
		const reason = redirects
			? 'The server points to another address. PERCULUS_DOMAIN must be the host of the account itself.'
			: (REASONS[status] ?? 'That is no answer to work with.');
		throw new UserError(`The search was answered with status ${status}${code}. ${reason}`);
	}

	private async post(path: string, body: unknown, bearer?: string): Promise<Answer> {
		return await this.send('POST', path, body, bearer);
	}

	private async send(
		method: 'GET' | 'POST' | 'DELETE',
		path: string,
		body: unknown,
		bearer: string | undefined,
	): Promise<Answer> {
		let response: Response;
		let text: string;
		try {
			response = await fetch(this.settings.base + path, {
				method,
				headers: {
					'Content-Type': 'application/json',
					...(bearer !== undefined && { Authorization: bearer }),
				},
				...(body !== undefined && { body: JSON.stringify(body) }),
				// The bearer must not travel on to another host.
				redirect: 'manual',
				signal: AbortSignal.timeout(TIMEOUT),
			});
			text = await response.text();
		} catch (error) {
			const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
			throw new NoAnswer(`No answer came: ${cause instanceof Error ? cause.message : 'unknown'}`);
		}
		return { status: response.status, body: parsed(text) };
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
