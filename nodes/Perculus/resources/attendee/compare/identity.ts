import type { IDataObject } from 'n8n-workflow';

import type { Identity } from '../../../batch/contract';

/** The e-mail address in an answer; undefined where it tells none. */
export const emailOf = ({ email }: IDataObject): string | undefined =>
	typeof email === 'string' && email.trim() !== '' ? email.trim() : undefined;

/** How an attendee that was answered is told. Not by its attendance code, with which anybody could join. */
export const ATTENDEE_IDENTITY: Identity = {
	key: 'email',
	words: 'an e-mail address',
	of: emailOf,
};
