import type { IDataObject } from 'n8n-workflow';

import type { Draft } from '../../batch/contract';
import type { Start } from './build/start';

/** The three operations that write; all of them are the same batch request. */
export type Operation = 'upsert' | 'create' | 'update';

/** A session that can be sent. */
export interface SessionDraft extends Draft {
	/** Lower-case GUID of the session to update; undefined for a create. */
	guid: string | undefined;
	/** When it begins, if that is set. */
	start: Start | undefined;
	/** The user's own reference for the session. */
	reference?: string;
	/** The start as the item has it, where nobody knows what it means. */
	startAsGiven?: IDataObject;
}

export const isUpdate = ({ guid }: SessionDraft): boolean => guid !== undefined;
