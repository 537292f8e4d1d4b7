import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { n8nTransport } from '../transport/request';
import { buildSession, toInput } from './buildSession';
import { emit, type Settled } from './emit';
import { hintsOf } from './hints';
import { invalid, type Outcome } from './outcome';
import { itemReader } from './readItem';
import type { Ledger } from './ledger';
import { sendSessions } from './send';
import type { Draft, Invalid, Operation } from './session';
import type { StartDateEncoding } from './startDate';

interface Options {
	batchSize?: number;
	dateFormat?: string;
	startDateEncoding?: StartDateEncoding;
	includeInput?: boolean;
	simplify?: boolean;
	recoverUnknown?: boolean;
	/** Seconds. */
	timeout?: number;
}

const TIMEOUT = 120;

/** n8n's agent runs a node as a tool in two ways; only one of them says so, the other shows in the type's name. */
function isToolRun(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('Tool') || (context.isToolExecution?.() ?? false);
}

/**
 * The one flow of the node: read each item, build its session, send all in one batch request, match the results to
 * the items, and emit them on two outputs.
 *
 * @throws NodeApiError when a request failed, the node is to stop then, and no session of this run exists
 */
export async function upsertSessions(
	context: IExecuteFunctions,
): Promise<[INodeExecutionData[], INodeExecutionData[]]> {
	const items = context.getInputData();
	const options = context.getNodeParameter('options', 0, {}) as Options;
	const operation = context.getNodeParameter('operation', 0) as Operation;
	const isTool = isToolRun(context);
	const workflowZone = context.getTimezone();
	const {
		batchSize = 0,
		dateFormat = '',
		startDateEncoding = 'wallClock',
		recoverUnknown = true,
	} = options;

	const readItem = itemReader(context, isTool);
	const built = items.map(({ json }, index) => {
		const { record, issues } = readItem(index, json);
		return buildSession(index, record, issues, {
			operation,
			workflowZone,
			dateFormat,
			startDateEncoding,
		});
	});

	const drafts = built.filter(isDraft);
	const transport = n8nTransport(context, options.timeout || TIMEOUT);
	const sent = await sendSessions(drafts, transport, { batchSize, recoverUnknown });

	const settled = built.map((one): Settled => settle(one, items[one.index]?.json ?? {}, sent));
	const goesOnBecause = stopOrGoOn(context, settled, sent);

	const assumed = drafts.some(({ guid, start }) => guid === undefined && start?.assumedZone);
	const hints = hintsOf({
		settled,
		strangers: sent.strangers,
		batchSize,
		assumedZone: assumed ? workflowZone : undefined,
		goesOnBecause,
	});
	// Missing in older versions of n8n, where the items alone tell.
	if (hints.length > 0) context.addExecutionHints?.(...hints);

	const { includeInput = false, simplify = false } = options;
	return emit(settled, { onError: context.getNode().onError, includeInput, simplify, isTool });
}

const isDraft = (built: Draft | Invalid): built is Draft => 'request' in built;

function settle(built: Draft | Invalid, json: IDataObject, sent: Ledger): Settled {
	const { index } = built;
	return isDraft(built)
		? {
				index,
				json,
				session: () => toInput(built),
				outcome: sent.outcomes.get(built) as Outcome,
				isUpdate: built.guid !== undefined,
			}
		: {
				index,
				json,
				session: () => built.session,
				outcome: invalid(built.issues),
				isUpdate: false,
			};
}

/**
 * Throws where the user expects the workflow to stop. Not when a session of this run exists: n8n would put the items
 * on Approved or run the node again, and the session would be lost from sight or made twice. The same goes for
 * creates that may exist where Retry On Fail would send them again.
 *
 * @returns why the run goes on, if a request failed and the node is to stop then
 */
function stopOrGoOn(
	context: IExecuteFunctions,
	settled: readonly Settled[],
	{ failure }: Ledger,
): string | undefined {
	if (!failure || context.continueOnFail()) return undefined;
	const isApproved = settled.some(({ outcome }) => outcome.kind === 'approved');
	const mayBeMadeTwice =
		context.getNode().retryOnFail === true &&
		settled.some(({ outcome, isUpdate }) => outcome.kind === 'unknown' && !isUpdate);
	if (isApproved) {
		return `A request did not succeed, but sessions of this run exist in Perculus, so the rest went to Rejected. ${failure.message}`;
	}
	if (mayBeMadeTwice) {
		return `A request did not succeed, and Retry On Fail could make its sessions twice, so they went to Rejected. ${failure.message}`;
	}

	const unknown = settled.filter(({ outcome }) => outcome.kind === 'unknown');
	const message =
		unknown.length > 0
			? `${failure.message} Look in Perculus before you run this again.`
			: failure.message;
	const first = settled.find(({ outcome }) => outcome.kind !== 'approved' && outcome.requestFailed);
	throw new NodeApiError(
		context.getNode(),
		{ message },
		{
			message,
			description:
				unknown.length > 0
					? `${unknown.length} of ${settled.length} sessions may have been saved. Running this node again would make those a second time.`
					: 'No session was saved. To get such items on the Rejected output instead, set On Error in the settings of this node to Continue.',
			...(failure.status !== null && { httpCode: String(failure.status) }),
			...(first && { itemIndex: first.index }),
		},
	);
}
