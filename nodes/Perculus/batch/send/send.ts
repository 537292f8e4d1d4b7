import { judge, type Verdict } from '../../transport/classify';
import { patientPost } from '../../transport/retry';
import type { Transport } from '../../transport/transport';
import { Culprits } from './bisect';
import { Ledger } from './outcomes';
import { invalid } from '../output/outcome';
import type { Draft } from '../../resources/session/session';
import { settleUnknown } from './unknown';

export interface SendSettings {
	/** Sessions per request; 0 for all in one. */
	batchSize: number;
	/** Look for creates whose answer was lost. */
	recoverUnknown: boolean;
}

const PATH = '/session/batch';

/** Sends sessions in as few requests as possible, and notes of each what became of it. */
export async function sendSessions(
	drafts: readonly Draft[],
	transport: Transport,
	settings: SendSettings,
): Promise<Ledger> {
	const ledger = new Ledger(drafts);
	const post = async (batch: readonly Draft[]): Promise<Verdict> =>
		judge(
			await patientPost(
				transport,
				PATH,
				batch.map(({ request }) => request),
			),
		);
	const settle = async (batch: readonly Draft[], verdict: Verdict): Promise<void> => {
		if (verdict.kind !== 'failed') ledger.note(batch, verdict);
		else if (verdict.applied === 'no') ledger.fail(batch, verdict);
		else await settleUnknown(batch, verdict, ledger, { ...settings, transport, post });
	};
	const culprits = new Culprits(ledger, post, settle);

	let size = settings.batchSize >= 1 ? settings.batchSize : Infinity;
	let next = 0;
	while (next < drafts.length && !ledger.failure) {
		const { batch, end } = takeBatch(drafts, next, size, ledger);
		const verdict = await post(batch);
		if (verdict.kind === 'tooLarge' && batch.length > 1) {
			// Nothing of it was applied: the same sessions go again, fewer at a time.
			size = Math.ceil(batch.length / 2);
			continue;
		}
		if (verdict.kind === 'bodyRefused' && batch.length > 1) await culprits.find(batch, verdict);
		else await settle(batch, verdict);
		next = end;
	}
	ledger.close(drafts);
	return ledger;
}

/**
 * The next sessions to send together: in order, as many as allowed, none for the same GUID twice, since what the
 * API does with two changes to one session in one request is not documented.
 */
function takeBatch(
	drafts: readonly Draft[],
	from: number,
	size: number,
	ledger: Ledger,
): { batch: Draft[]; end: number } {
	const batch: Draft[] = [];
	const items = new Map<string, number>();
	let end = from;
	for (; end < drafts.length && batch.length < size; end++) {
		const draft = drafts[end] as Draft;
		const earlier = draft.guid === undefined ? undefined : items.get(draft.guid);
		if (earlier !== undefined) {
			ledger.outcomes.set(draft, invalid([sameGuid(earlier)]));
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
