import type { IDataObject } from 'n8n-workflow';

import { rememberSessions } from '../../../nodes/Perculus/session/memory';
import type {
	NetworkError,
	Request,
	Response,
	Transport,
} from '../../../nodes/Perculus/transport/transport';

export const guidAt = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A session as the API shows it. */
export const session = (n: number, tags: string | null, rest: IDataObject = {}): IDataObject => ({
	session_guid: guidAt(n),
	name: `Session ${n}`,
	status: 1,
	tags,
	...rest,
});

/** A response: a status, with a body if it has one. */
export interface Reply {
	status: number;
	body?: unknown;
}

export interface World {
	transport: Transport;
	account: string;
	requests: Request[];
	/** Milliseconds of the clock at which requests were sent. */
	sentAt: number[];
	advance(milliseconds: number): void;
}

let accounts = 0;

/** An account of its own, and a clock that only waiting moves. */
export function createWorld(answer: (request: Request) => Reply): World {
	let now = 1_000_000;
	const world: World = {
		account: `account ${++accounts}`,
		requests: [],
		sentAt: [],
		advance: (milliseconds) => (now += milliseconds),
		transport: {
			request: async (request): Promise<Response | NetworkError> => {
				world.requests.push(request);
				world.sentAt.push(now);
				const { status, body = '' } = answer(request);
				return await Promise.resolve({ kind: 'response', status, body, headers: {} });
			},
			wait: async (milliseconds) => {
				now += milliseconds;
				await Promise.resolve();
			},
			now: () => now,
		},
	};
	return world;
}

const bodyOf = ({ body }: Request) => body as { tags?: string; page_number: number };

/** Answers any search with these sessions, all on page 1. */
export const page = (request: Request, sessions: readonly IDataObject[]): Reply => ({
	status: 200,
	body: bodyOf(request).page_number === 1 ? sessions : [],
});

/** Answers searches with pages of these sessions. */
export const pages = (request: Request, sessions: readonly IDataObject[], size = 100): Reply => {
	const first = (bodyOf(request).page_number - 1) * size;
	return { status: 200, body: first < 0 ? [] : sessions.slice(first, first + size) };
};

export const isGet = ({ method }: Request) => method === 'GET';

/** The searches that were sent, without page 0, which is only requested once. */
export const searchesIn = ({ requests }: World) =>
	requests
		.filter((request) => !isGet(request) && bodyOf(request).page_number > 0)
		.map((request) => ({ tags: bodyOf(request).tags, page: bodyOf(request).page_number }));

/** Remembers a session that was returned with the tags it was sent with. */
export const remember = (world: World, view: IDataObject) => rememberSessions(world, [{ view }]);
