import type { Failure, Reply } from '../../transport/classify';
import { REPEAT_PAUSES } from '../../transport/retry';
import type { Transport } from '../../transport/transport';
import type { Outcomes } from './outcomes';
import { inDoubt } from '../output/outcome';
import { recoverCreates } from '../../resources/session/recovery/recover';
import type { Draft } from '../../resources/session/session';

export interface UnknownSettings {
	/** Look for creates whose answer was lost. */
	recoverUnknown: boolean;
	/** Tells accounts apart. */
	account: string;
	transport: Transport;
	/** Sends sessions in one request, on the way that is given. */
	post(batch: readonly Draft[], transport: Transport): Promise<Reply>;
}

/**
 * Settles a request that may or may not have been applied. Updates are sent again; creates never are, but looked
 * for. What cannot be found out, or not in the time that a run spends on silence, is noted as unknown.
 */
export async function settleUnknown(
	batch: readonly Draft[],
	failure: Failure,
	outcomes: Outcomes,
	settings: UnknownSettings,
): Promise<void> {
	const updates = batch.filter(({ guid }) => guid !== undefined);
	const creates = batch.filter(({ guid }) => guid === undefined);
	// Searches are quick where only the saving hangs; its repeats may take all the time that is left for both.
	if (creates.length > 0) await lookFor(creates, failure, outcomes, settings);
	if (updates.length > 0) await repeat(updates, failure, outcomes, settings);
}

async function repeat(
	updates: readonly Draft[],
	failure: Failure,
	outcomes: Outcomes,
	{ transport, post }: UnknownSettings,
): Promise<void> {
	const again = transport.afterSilence();
	let last = failure;
	// The same values twice do no harm.
	for (const pause of REPEAT_PAUSES) {
		if (last.applied === 'unknown' && !last.repeatable) break;
		await again.wait(pause);
		const reply = await post(updates, again);
		if (reply.kind !== 'failed') {
			outcomes.note(updates, reply);
			// A refusal now does not tell what the first request did.
			outcomes.amend(updates, inDoubt);
			return;
		}
		last = reply;
	}
	outcomes.fail(updates, failure);
}

async function lookFor(
	creates: readonly Draft[],
	failure: Failure,
	outcomes: Outcomes,
	settings: UnknownSettings,
): Promise<void> {
	if (!settings.recoverUnknown) {
		outcomes.fail(creates, failure);
		return;
	}
	const { transport, account } = settings;
	const recovery = await recoverCreates(creates, failure, transport.afterSilence(), account);
	for (const [draft, outcome] of recovery.found) outcomes.outcomes.set(draft, outcome);
	outcomes.fail(
		creates.filter((draft) => !recovery.found.has(draft)),
		failure,
		(draft) => recovery.candidates.get(draft),
	);
}
