import type { IDataObject } from 'n8n-workflow';

import type { Draft } from '../../batch/contract';

/** What names a person in a session, for comparing: lower case, without braces. */
export interface Keys {
	code?: string;
	user?: string;
	email?: string;
}

/** A person that can be sent. */
export interface AttendeeDraft extends Draft {
	/** The path of the session's batch. */
	endpoint: string;
	/** All that the item says of the person; some of it is not sent. */
	input: IDataObject;
	/** All that the item names the person by, and what of it is sent. */
	named: Keys;
	sent: Keys;
	/** The template of the link with which the person joins. */
	joinUrl?: string;
}
