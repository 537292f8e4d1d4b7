import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Outputs } from '../../batch/rejected';
import type { Noun } from '../../batch/types';
import { locateEach, sessionLocator } from '../shared/locator';
import {
	optionsParameter,
	showForOperations,
	SIMPLIFY_OPTION,
	TIMEOUT_OPTION,
} from '../shared/options';
import { perItem } from '../shared/perItem';
import {
	reportReader,
	type ReportReply,
	sessionKey,
	shareBySession,
	type Shared,
	showReport,
} from '../shared/report';

export const description: INodeProperties[] = showForOperations(
	'session',
	['getReport'],
	[sessionLocator, optionsParameter([SIMPLIFY_OPTION, TIMEOUT_OPTION])],
);

const REPORT_NOUN: Noun = { one: 'report', many: 'reports' };

/** Retrieves the report of the session that each item names; one request for each session. */
export async function execute(context: IExecuteFunctions): Promise<Outputs> {
	return await perItem<Shared<ReportReply<IDataObject>>>(context, {
		noun: REPORT_NOUN,
		purpose: 'read',
		fallbackFields: { session_guid: null },
		async prepare(run) {
			const located = await locateEach(run, () => ({ segments: [] }));
			return shareBySession(
				located,
				reportReader(run.transport, [], (body) => body),
			);
		},
		sharedBy: sessionKey,
		async requestItem({ shown, ask }, { options }) {
			const reply = await ask();
			if (reply.kind !== 'report') return reply;
			return [showReport(shown, reply.report, options.simplify !== false)];
		},
	});
}
