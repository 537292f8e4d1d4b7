import type { IDataObject } from 'n8n-workflow';

import { writeOptions } from '../../../nodes/Perculus/actions/session/upsert.operation';
import { good, outcomesOf, runAt, withServer } from '../harness/setup';

/** What the expression of an option gives, for a run of one good item. */
const given = async (options: IDataObject, dry: unknown, onError?: 'continueRegularOutput') =>
	await withServer(async (server) => {
		const items = [good('a', { dry } as IDataObject)];
		const done = await runAt(server, items, options, onError && { onError });
		return { done, batches: server.batches().length };
	});

describe("an option's expression", () => {
	it.each<[unknown, string]>([
		[true, 'would_create'],
		['true', 'would_create'],
		['Yes', 'would_create'],
		[1, 'would_create'],
		[false, 'created'],
		['no', 'created'],
		['', 'created'],
		[null, 'created'],
		[undefined, 'created'],
	])('gives %p for Dry Run: %s', async (dry, outcome) => {
		const { done, batches } = await given({ dryRun: '={{ $json.dry }}' }, dry);
		expect(outcomesOf(done.approved)).toEqual([outcome]);
		expect(batches).toBe(outcome === 'created' ? 1 : 0);
	});

	it('may be a word for the other switches, too', async () => {
		const options = { simplify: '={{ "false" }}', includeInput: '={{ "yes" }}' };
		const { done } = await given(options, null);
		expect(done.approved[0]?.json).toMatchObject({ creation_date: expect.any(String), input: {} });
	});

	// A Dry Run that is neither yes nor no is on.
	const switches = writeOptions.filter(({ type, name }) => type === 'boolean' && name !== 'dryRun');

	it.each(switches)('is told by the name in the editor: $displayName', async (option) => {
		const { done, batches } = await given({ [option.name]: '={{ $json.dry }}' }, 'perhaps');
		expect(batches).toBe(0);
		expect(done.thrown?.message).toContain(`The option '${option.displayName}' must be yes or no`);
	});

	it('may be written out as a word, as in a workflow that was made by hand', async () => {
		const { done } = await given({ dryRun: 'yes', simplify: 'no' }, null);
		expect(outcomesOf(done.approved)).toEqual(['would_create']);
		const { done: saved } = await given({ simplify: 'no' }, null);
		expect(saved.approved[0]?.json).toMatchObject({ creation_date: expect.any(String) });
	});
});
