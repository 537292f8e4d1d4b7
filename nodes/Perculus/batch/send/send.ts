import { classify, type Reply } from '../../transport/classify';
import { sendWithRetry } from '../../transport/retry';
import type { Transport } from '../../transport/transport';
import { BatchSize } from './batchSize';
import { Bisection } from './bisect';
import { Outcomes } from './outcomes';
import { invalid } from '../output/outcome';
import type { Draft } from '../../resources/session/session';
import { settleUnknown } from './unknown';

export interface SendSettings {
	/** Sessions per request; 0 for all in one. */
	batchSize: number;
	/** Look for creates whose answer was lost. */
	recoverUnknown: boolean;
	/** Tells accounts apart: the same session can be made by runs on the same account alone. */
	account: string;
}

const PATH = '/session/batch';

/** Sends sessions in as few requests as possible, and notes of each what became of it. */
export async function sendSessions(
	drafts: readonly Draft[],
	transport: Transport,
	settings: SendSettings,
	outcomes = new Outcomes(),
): Promise<Outcomes> {
	const post = async (batch: readonly Draft[], line = transport): Promise<Reply> => {
		outcomes.begin(batch);
		const body = batch.map(({ request }) => request);
		return classify(await sendWithRetry(line, { method: 'POST', path: PATH, body }));
	};
	const settle = async (batch: readonly Draft[], reply: Reply): Promise<void> => {
		if (reply.kind !== 'failed') outcomes.note(batch, reply);
		else if (reply.applied === 'no') outcomes.fail(batch, reply);
		else await settleUnknown(batch, reply, outcomes, { ...settings, transport, post });
	};
	const bisection = new Bisection(outcomes, post, settle);

	const size = new BatchSize(settings.batchSize >= 1 ? settings.batchSize : Infinity);
	let next = 0;
	while (next < drafts.length && !outcomes.failure) {
		const { batch, end } = takeBatch(drafts, next, size.next, outcomes);
		const reply = await post(batch);
		if (reply.kind === 'tooLarge') {
			size.tooLarge(batch.length);
			// Nothing of it was applied: the same sessions go again, fewer at a time.
			if (batch.length > 1) continue;
		} else {
			size.fits();
		}
		if (reply.kind === 'bodyRefused' && batch.length > 1) await bisection.find(batch, reply);
		else await settle(batch, reply);
		next = end;
	}
	outcomes.close(drafts);
	return outcomes;
}

/**
 * The next sessions to send together: in order, as many as allowed, none for the same GUID twice, since what the
 * API does with two changes to one session in one request is not documented.
 */
function takeBatch(
	drafts: readonly Draft[],
	from: number,
	size: number,
	outcomes: Outcomes,
): { batch: Draft[]; end: number } {
	const batch: Draft[] = [];
	const items = new Map<string, number>();
	let end = from;
	for (; end < drafts.length && batch.length < size; end++) {
		const draft = drafts[end] as Draft;
		const earlier = draft.guid === undefined ? undefined : items.get(draft.guid);
		if (earlier !== undefined) {
			outcomes.outcomes.set(draft, invalid([sameGuid(earlier)]));
			continue;
		}
		if (draft.guid !== undefined) items.set(draft.guid, draft.index);
		batch.push(draft);
	}
	return { batch, end };
}

function sameGuid(item: number): string {
	return `Session GUID is that of [item ${item}], too; one request can change a session only once, so put both changes into one item`;
}
