import { depart } from '../../resources/session/recovery/inFlight';
import type { Draft } from '../../resources/session/session';
import type { Transport } from '../../transport/transport';
import { Outcomes } from './outcomes';
import { sendSessions, type SendSettings } from './send';

/**
 * Sends sessions, and brings back an outcome for each of them, whatever happens on the way: from the first request on
 * sessions may exist, so that nothing which goes wrong in this node may make n8n lose them, or send them again.
 *
 * @param isCancelled whether the user has stopped the run
 * @throws what ends a run that the user stops
 */
export async function sendAndAccount(
	drafts: readonly Draft[],
	transport: Transport,
	settings: SendSettings,
	isCancelled: () => boolean,
): Promise<Outcomes> {
	const outcomes = new Outcomes();
	const { account } = settings;
	const land = depart({ account, waiting: () => outcomes.waiting() });
	try {
		await sendSessions(drafts, transport, settings, outcomes);
		outcomes.closeAll(drafts);
	} catch (error) {
		if (isCancelled()) await Promise.reject(error);
		outcomes.closeAll(drafts, error);
	} finally {
		land();
	}
	return outcomes;
}
