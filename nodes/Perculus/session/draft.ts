import type { Draft } from '../batch/draft';
import type { Start } from './start';

/** The three operations that write; all of them are the same batch request. */
export type Operation = 'upsert' | 'create' | 'update';

/** Path of the batch of sessions. */
export const SESSION_BATCH = '/session/batch';

/** A session that can be sent. */
export interface SessionDraft extends Draft {
	/** Lower-case GUID of the session to update; undefined for a create. */
	guid: string | undefined;
	/** GUID that only a lookup found. */
	foundGuid?: string;
	/** Sentences that its item shows with any outcome. */
	notes: readonly string[];
	/** When it begins, if that is set. */
	start: Start | undefined;
	/** The user's own reference for the session. */
	reference?: string;
}

export const isUpdate = ({ guid }: SessionDraft): boolean => guid !== undefined;
