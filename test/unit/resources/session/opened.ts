import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Resource, Run } from '../../../../nodes/Perculus/batch/contract';
import { matcherOf } from '../../../../nodes/Perculus/batch/match/matchResults';
import type { Outcomes } from '../../../../nodes/Perculus/batch/send/outcomes';
import { send } from '../../../../nodes/Perculus/batch/send/send';
import { SESSION_CATALOGUE } from '../../../../nodes/Perculus/resources/session/fields';
import type { SessionDraft } from '../../../../nodes/Perculus/resources/session/session';
import { sessionWrites } from '../../../../nodes/Perculus/resources/session/upsert';
import type { Transport } from '../../../../nodes/Perculus/transport/transport';

const NO_TRANSPORT: Transport = {
	request: () => Promise.reject(new Error('Nothing is sent here.')),
	wait: () => Promise.resolve(),
	now: () => Date.now(),
	afterSilence: () => NO_TRANSPORT,
};

/** A run without items, as the node's settings would begin it. */
export const runOf = (rest: Partial<Run> = {}): Run => ({
	context: {
		getTimezone: () => 'America/New_York',
		getNodeParameter: (name: string, _: number, fallback: unknown) =>
			name === 'operation' ? 'upsert' : fallback,
	} as unknown as IExecuteFunctions,
	items: [],
	options: {},
	isTool: false,
	isDryRun: false,
	batchSize: Infinity,
	transport: NO_TRANSPORT,
	account: 'a',
	isCancelled: () => false,
	...rest,
});

/** Sessions as Create or Update hands them to the batch protocol. */
export const sessions = (run = runOf()): Resource<SessionDraft> =>
	sessionWrites(SESSION_CATALOGUE).open(run);

/** Sends sessions as a run of the node does. */
export async function sendSessions(
	drafts: readonly SessionDraft[],
	transport: Transport,
	rest: Partial<Run> & { options?: IDataObject } = {},
): Promise<Outcomes<SessionDraft>> {
	const run = runOf({ transport, ...rest });
	const resource = sessions(run);
	return await send(drafts, resource, run, matcherOf(resource.matchRules));
}
