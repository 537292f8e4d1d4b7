import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { accountOf } from '../transport/account';
import { credentialSecrets, n8nTransport } from '../transport/client';
import { redact } from '../transport/redact';
import { timeoutOf } from '../transport/timeout';
import { buildSession } from '../resources/session/build';
import { SESSION_CATALOGUE } from '../resources/session/fields';
import { PER_ITEM_OPTIONS, settingsReader } from '../resources/session/settings';
import type { Noun } from './contract';
import type { EmitSettings, Settled } from './output/emit';
import { emitAll } from './output/emitAll';
import { hintsOf, type RunFacts } from './output/hints';
import { invalid, type Outcome } from './output/outcome';
import { readOptions } from './read/parameter';
import { itemReader } from './read/readItem';
import type { Outcomes } from './send/outcomes';
import { sendAndAccount } from './send/sendAndAccount';
import {
	isDraft,
	isUpdate,
	type Draft,
	type Invalid,
	type Operation,
} from '../resources/session/session';
import type { StartDateEncoding } from '../resources/session/start';

interface Options {
	/** From an expression it may be anything. */
	batchSize?: unknown;
	startDateEncoding?: StartDateEncoding;
	includeInput?: boolean;
	simplify?: boolean;
	recoverUnknown?: boolean;
	/** Seconds; from an expression it may be anything. */
	timeout?: unknown;
}

/** What an item is about, in messages. */
const NOUN: Noun = { one: 'session', many: 'sessions' };

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
	const isTool = isToolRun(context);
	const workflowZone = context.getTimezone();
	const read = () => readAndBuild(context, items, isTool, workflowZone);
	const { built, options, isUpsert } = context.continueOnFail() ? orReject(read, items) : read();
	const { recoverUnknown = true } = options;
	const batchSize = atLeastOne(options.batchSize) ?? 0;

	const drafts = built.filter(isDraft);
	const transport = n8nTransport(context, timeoutOf(options.timeout));
	const account = (await accountOf(context)) ?? '';
	const isCancelled = () => context.getExecutionCancelSignal?.()?.aborted ?? false;
	const sending = sendAndAccount(
		drafts,
		transport,
		{ batchSize, recoverUnknown, account },
		isCancelled,
	);
	const sent = context.continueOnFail() ? await orNothing(sending, isCancelled) : await sending;
	if (!sent) return [[], []];

	const settled = built.map((one, index): Settled => ({
		json: items[index]?.json ?? {},
		built: one,
		outcome: isDraft(one) ? (sent.outcomes.get(one) as Outcome) : invalid(one.issues),
	}));
	const secrets = await credentialSecrets(context);
	const hide = (text: string) => redact(text, secrets);
	const goesOnBecause = stopOrGoOn(context, settled, sent, hide);

	const { includeInput = false, simplify = true } = options;
	const { onError } = context.getNode();
	const settings = { onError, isTool, includeInput, simplify, noun: NOUN, hide };
	const { unmatched } = sent;
	addHints(
		context,
		{ settled, unmatched, batchSize, workflowZone, isUpsert, goesOnBecause },
		settings,
	);
	return emitAll(settled, settings);
}

/** Hints are not worth an item: whatever matters in production is on the items as well. */
function addHints(context: IExecuteFunctions, facts: RunFacts, settings: EmitSettings): void {
	try {
		const hints = hintsOf(facts, settings);
		// Missing in older versions of n8n.
		if (hints.length > 0) context.addExecutionHints?.(...hints);
	} catch {
		return;
	}
}

/** A whole number; undefined for anything else. */
function atLeastOne(value: unknown): number | undefined {
	const number = Math.floor(Number(value));
	return number >= 1 ? number : undefined;
}

interface Built {
	built: Array<Draft | Invalid>;
	options: Options;
	/** Whether an item may be created or updated. */
	isUpsert: boolean;
}

function readAndBuild(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	isTool: boolean,
	workflowZone: string,
): Built {
	const options = readOptions(context, PER_ITEM_OPTIONS) as Options;
	const operation = context.getNodeParameter('operation', 0) as Operation;
	const readItem = itemReader(context, SESSION_CATALOGUE, isTool);
	const { startDateEncoding = 'wallClock' } = options;
	const readSettings = settingsReader(context, { operation, workflowZone, startDateEncoding });
	const built = items.map(({ json }, index) =>
		buildSession(index, readItem(index, json), readSettings(index, json)),
	);
	return { built, options, isUpsert: operation === 'upsert' };
}

/**
 * Where the node's own settings cannot be read (an expression in 'Options' that does not work), no item can be sent.
 * With "Continue" that is said on each item, because n8n would put all items on Approved if the node threw.
 */
function orReject(read: () => Built, items: readonly INodeExecutionData[]): Built {
	try {
		return read();
	} catch (error) {
		const reason = error instanceof Error ? error.message : 'it has no value';
		const issues = [`A setting of this node cannot be read: ${reason.replace(/\.$/, '')}`];
		const built = items.map((_, index) => ({ index, session: {}, issues }));
		return { built, options: {}, isUpsert: false };
	}
}

/** A run that the user cancels: with "Continue", n8n would put all items on Approved if the node threw. */
async function orNothing(
	sending: Promise<Outcomes>,
	isCancelled: () => boolean,
): Promise<Outcomes | undefined> {
	return await sending.catch(async (error: unknown) =>
		isCancelled() ? undefined : await Promise.reject(error),
	);
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
	{ failure }: Outcomes,
	hide: (text: string) => string,
): string | undefined {
	if (!failure || context.continueOnFail()) return undefined;
	const isApproved = settled.some(({ outcome }) => outcome.kind === 'approved');
	const mayBeMadeTwice =
		context.getNode().retryOnFail === true &&
		settled.some(({ outcome, built }) => outcome.kind === 'unknown' && !isUpdate(built));
	if (isApproved) {
		return `A request did not succeed, but sessions of this run exist in Perculus, so the rest went to Rejected. ${failure.message}`;
	}
	if (mayBeMadeTwice) {
		return `A request did not succeed, and Retry On Fail could make its sessions twice, so they went to Rejected. ${failure.message}`;
	}

	const unknown = settled.filter(({ outcome }) => outcome.kind === 'unknown');
	const message = hide(
		unknown.length > 0
			? `${failure.message} Look in Perculus before you run this again.`
			: failure.message,
	);
	const again = unknown.every(({ built }) => isUpdate(built))
		? 'Running this node again sends the same changes again.'
		: 'Running this node again could make sessions a second time.';
	const first = settled.find(({ outcome }) => outcome.kind !== 'approved' && outcome.requestFailed);
	throw new NodeApiError(
		context.getNode(),
		{ message },
		{
			message,
			description:
				unknown.length > 0
					? `${unknown.length} of ${settled.length} sessions may have been saved. ${again}`
					: 'No session was saved. To get such items on the Rejected output instead, set On Error in the settings of this node to Continue.',
			...(failure.status !== null && { httpCode: String(failure.status) }),
			...(first && { itemIndex: first.built.index }),
		},
	);
}
