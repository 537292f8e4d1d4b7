import type { IDataObject } from 'n8n-workflow';

import type { Draft } from '../batch/draft';

/** A person that can be sent. What names a person is in lower case and without braces, for comparing. */
export interface AttendeeDraft extends Draft {
	code: string | undefined;
	user: string | undefined;
	email: string | undefined;
	/** The template of the link with which the person joins. */
	joinUrl: string | undefined;
	/** What the item shows of its session. */
	beside: IDataObject;
}
