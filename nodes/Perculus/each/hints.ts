import type { NodeExecutionHint } from 'n8n-workflow';

import type { Run } from '../batch/contract';
import type { EmitSettings } from '../batch/output/emit';
import { refusedHints } from '../batch/output/sentences/refusedHints';
import { pagesHint } from '../lookup/pagesHint';
import type { Answer, AskedItems, EachOperation } from './contract';
import { FATES } from './words';

const ITEM = { one: 'item', many: 'items' };

/**
 * What the output pane tells about a run, each thing once. Whatever matters in production is on the items as well.
 *
 * @param goesOnBecause why the run goes on, although a request failed and the node is to stop then
 */
export function addHints<Subject>(
	{ context }: Pick<Run, 'context'>,
	{ pagesRead = 0 }: AskedItems<Subject>,
	answers: readonly Answer[],
	{ purpose }: EachOperation<Subject>,
	goesOnBecause: string | undefined,
	settings: EmitSettings,
): void {
	const hints: NodeExecutionHint[] = [];
	const add = (type: NodeExecutionHint['type'], message: string) =>
		hints.push({ type, message: settings.hide(message), location: 'outputPane' });

	if (goesOnBecause !== undefined) add('danger', goesOnBecause);
	const refused = answers.flatMap((answer) => ('refused' in answer ? [answer.refused] : []));
	for (const { type, message } of refusedHints(
		refused,
		answers.length,
		ITEM,
		FATES[purpose],
		settings,
	)) {
		add(type, message);
	}
	const pages = pagesHint(pagesRead);
	if (pages !== undefined) add('info', pages);
	// Missing in older versions of n8n.
	if (hints.length > 0) context.addExecutionHints?.(...hints);
}
