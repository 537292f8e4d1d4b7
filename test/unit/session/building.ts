import { isDraft, type BuildResult, type Subject } from '../../../nodes/Perculus/batch/types';
import type { Mapped } from '../../../nodes/Perculus/batch/autoMap';
import { buildSession } from '../../../nodes/Perculus/session/build';
import type {
	SessionSettings as AllSettings,
	SessionDraft,
} from '../../../nodes/Perculus/session/draft';
import { isEmpty } from '../../../nodes/Perculus/values/convert';

/** All that an item is built with, except the clock. */
export type BuildSettings = Omit<AllSettings, 'now'>;

const NOW = Date.UTC(2026, 0, 1);

/** Whether an item creates or updates a session if no reference is searched. */
function subjectOf({ record }: Mapped, { operation }: BuildSettings): Subject {
	const exists =
		operation === 'update' || (operation === 'upsert' && !isEmpty(record.session_guid));
	return { kind: exists ? 'existing' : 'new' };
}

/** Builds one mapped item. */
export function buildItem(
	mapped: Mapped,
	settings: BuildSettings,
	index = 0,
): BuildResult<SessionDraft> {
	const item = { ...mapped, index, json: {} };
	const resolution = { subject: subjectOf(mapped, settings) };
	return buildSession(item, resolution, { ...settings, now: NOW });
}

/** An item in input form. */
export const toInput = (built: BuildResult<SessionDraft>) => built.input;

/** Why it cannot be sent; empty if it can. */
export const issuesOf = (built: BuildResult<SessionDraft>): string[] =>
	isDraft(built) ? [] : built.refused.details;

/** The request, or the input of an item that cannot be sent. */
export const keptOf = (built: BuildResult<SessionDraft>) =>
	isDraft(built) ? built.request : built.input;

/** The result for an item that cannot be sent. */
export const unsent = (index: number, input: object, issues: string[]) => ({
	index,
	input,
	refused: {
		kind: 'rejected',
		source: 'check',
		reason: 'validation_error',
		code: null,
		isSent: false,
		apiMessages: [],
		details: issues,
		retryable: false,
		requestFailed: false,
	},
});
