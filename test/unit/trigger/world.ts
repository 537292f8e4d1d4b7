import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { PerculusTrigger } from '../../../nodes/PerculusTrigger/PerculusTrigger.node';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A session as the account knows it. Times in milliseconds since 1970. */
export interface WorldSession {
	guid: string;
	name: string;
	start: number;
	/** Minutes. */
	duration: number;
	status: number;
	/** On the server's clock. */
	created: number;
	/** Minutes east of UTC in which its start is written. */
	writtenOffset: number;
}

const iso = (instant: number, offset: number) => {
	const hours = String(Math.floor(offset / 60)).padStart(2, '0');
	const digits = new Date(instant + offset * MINUTE).toISOString().slice(0, 19);
	return `${digits}+${hours}:${String(offset % 60).padStart(2, '0')}`;
};

export const viewOf = (session: WorldSession): IDataObject => ({
	session_guid: session.guid.toUpperCase(),
	name: session.name,
	start_date: iso(session.start, session.writtenOffset),
	timezone: 'Europe/Istanbul',
	duration: session.duration,
	status: session.status,
	creation_date: iso(session.created, 0),
});

export type Sent = Array<{ guid: string; changed: string[] | undefined }>;

/** What surrounds a poll: the account, the parameters, and the static data that n8n saves. */
export class World {
	now = Date.UTC(2030, 2, 30, 6);
	sessions: WorldSession[] = [];
	parameters: IDataObject = {};
	data: IDataObject = {};
	/** The page that fails; 0 for none. */
	failingPage = 0;
	pageSize = 2;
	/** Requests read the account at once, but wait for this before they are answered. */
	gate: Promise<void> | undefined;
	/** Called before each answer. */
	onAnswer: () => void = () => undefined;
	mode = 'trigger';

	/** Runs the trigger's own poll; what it decides is committed to `data`. */
	async poll(): Promise<Sent> {
		const output = await new PerculusTrigger().poll.call(this.context());
		return (output?.[0] ?? []).map(({ json }: INodeExecutionData) => ({
			guid: String(json.session_guid).toLowerCase(),
			changed: json.changed_fields as string[] | undefined,
		}));
	}

	private context(): IPollFunctions {
		return {
			getNodeParameter: (name: string, fallback: unknown) => this.parameters[name] ?? fallback,
			getTimezone: () => 'Europe/Istanbul',
			getMode: () => this.mode,
			getNode: () => ({ name: 'Perculus Trigger', type: 'perculusTrigger', typeVersion: 1 }),
			getWorkflowStaticData: () => this.data,
			getCredentials: async () => ({
				domain: 'acme.perculus.example',
				apiPath: '/xapi/v2',
				accessKey: 'access-key-of-tests',
				secretKey: 'secret-key-of-tests',
			}),
			helpers: {
				httpRequestWithAuthentication: async (_: string, { body }: { body: IDataObject }) => {
					const page = this.page(Number(body.page_number));
					await this.gate;
					this.onAnswer();
					return page;
				},
			},
		} as unknown as IPollFunctions;
	}

	/** Sessions of any day, because the node also checks the days of its search. */
	private page(number: number): IDataObject {
		if (number === this.failingPage) return { statusCode: 500, body: '', headers: {} };
		const from = (number - 1) * this.pageSize;
		const sessions = number < 1 ? [] : this.sessions.slice(from, from + this.pageSize);
		return { statusCode: 200, body: sessions.map(viewOf) as never, headers: {} };
	}
}
