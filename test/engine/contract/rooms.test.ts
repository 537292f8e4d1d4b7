import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { ItemRun } from '../run';
import type { Received, Reply } from './batchServer';
import { ROOM_WRITES } from './rooms';
import { runWrites } from './runWrites';

const room = (building: string, number: string, rest: IDataObject = {}): IDataObject => ({
	building,
	number,
	...rest,
});
const ROOMS = [room('a', '11'), room('b', '21'), room('a', '12'), room('b', '22')];

/** Approves all rooms but some, in another order than they came, and tells each its floor. */
const approving =
	(...refused: string[]) =>
	({ entries }: Received): Reply => {
		const views = entries.map((entry) => ({ ...entry, floor: Number(String(entry.number)[0]) }));
		const isRefused = ({ number }: IDataObject) => refused.includes(String(number));
		const state = { code: 12, details: ['No such room.'] };
		return {
			status: 207,
			body: {
				approved: views.filter((view) => !isRefused(view)).reverse(),
				rejected: views.filter(isRefused).map((model) => ({ model, state })),
			},
		};
	};

/** Runs the resource, and tells which rooms each request had. */
async function run(
	items: IDataObject[],
	reply: (request: Received) => Reply,
	{ options = {}, ...rest }: Partial<ItemRun> & { options?: IDataObject } = {},
) {
	const { received, ...ran } = await runWrites(ROOM_WRITES, items, reply, {
		parameters: { options: options as never },
		probe: "={{ $('Source').item.json.number }}",
		...rest,
	});
	const sent = received.map(({ path, entries }) => [path, entries.map(({ number }) => number)]);
	return { ...ran, sent };
}

const jsonOf = (items: INodeExecutionData[]) => items.map(({ json }) => json);
const rejection = (rest: object) => expect.objectContaining(rest) as object;

describe('a resource that the batch protocol never heard of', () => {
	it('is sent in one request for each endpoint, and comes out on two outputs, each item linked to its own', async () => {
		const { approved, rejected, probed, sent } = await run(ROOMS, approving('12'));

		expect(sent).toEqual([
			['/building/a/room', ['11', '12']],
			['/building/b/room', ['21', '22']],
		]);
		expect(jsonOf(approved)).toEqual([
			{ outcome: 'saved', number: '11', floor: 1 },
			{ outcome: 'saved', number: '21', floor: 2 },
			{ outcome: 'saved', number: '22', floor: 2 },
		]);
		expect(jsonOf(rejected)).toEqual([
			{
				outcome: 'rejected',
				rejection: {
					source: 'perculus',
					reason: 'validation_error',
					code: 12,
					message: 'Perculus refused this room: No such room. Correct it and try again.',
					details: ['No such room.'],
					retryable: false,
				},
				room: { building: 'a', number: '12' },
			},
		]);
		expect(probed).toMatchObject({ approved: ['11', '21', '22'], rejected: ['12'] });
	});

	it('is checked before it is sent: its values, what it needs, and its key in one request', async () => {
		const items = [
			room('a', '11', { projector: 'maybe' }),
			{ number: '12', Gebäude: 'a' },
			room('a', '13', { Projector: 'yes' }),
			room('a', '13'),
			room('b', '13'),
		];
		const { rejected, probed, sent } = await run(items, approving());

		expect(probed.approved).toEqual(['13', '13']);
		expect(sent).toEqual([
			['/building/a/room', ['13']],
			['/building/b/room', ['13']],
		]);
		expect(jsonOf(rejected).map((json) => (json.rejection as IDataObject).details)).toEqual([
			["Projector must be yes or no; this item has 'maybe'"],
			[
				"Building is missing; a new room needs it (columns of this item that were not used: 'Gebäude')",
			],
			['Room 13 is that of [item 2], too'],
		]);
		expect(rejected[0]?.json.room).toEqual({ building: 'a', number: '11', projector: 'maybe' });
	});

	it('is halved where its whole body is refused, until the items at fault stand alone', async () => {
		const numbers = Array.from({ length: 8 }, (_, i) => `1${i}`);
		const items = [...numbers.map((number) => room('a', number)), room('b', '21')];
		const { probed, sent } = await run(items, (request) =>
			request.entries.some(({ number }) => number === '15')
				? { status: 400, body: { code: 12, details: ['Not so.'] } }
				: approving()(request),
		);

		expect(probed).toMatchObject({
			approved: [...numbers.filter((number) => number !== '15'), '21'],
			rejected: ['15'],
		});
		expect(sent.filter(([path]) => path === '/building/b/room')).toHaveLength(1);
	});

	it('is sent again where its answer was lost and that does no harm, and unknown where it might', async () => {
		let lost = 1;
		const items = [room('a', '11'), room('a', '12', { cleaning: 'yes' })];
		const { approved, rejected, sent } = await run(
			items,
			(request) => (lost-- > 0 ? 'drop' : approving()(request)),
			{ onError: 'continueRegularOutput' },
		);

		expect(sent.map(([, numbers]) => numbers)).toEqual([['11', '12'], ['11']]);
		expect(jsonOf(approved)).toEqual([{ outcome: 'saved', number: '11', floor: 1 }]);
		expect(jsonOf(rejected)).toEqual([
			{
				outcome: 'unknown',
				rejection: rejection({ reason: 'outcome_unknown', retryable: false }),
				room: { building: 'a', number: '12', cleaning: true },
			},
		]);
	});

	it('is unknown where the answer has no result for it, and is told of one that fits no item', async () => {
		const { rejected, hints } = await run([room('a', '11')], () => ({
			status: 200,
			body: { approved: [{ number: '99' }], rejected: [] },
		}));

		expect(jsonOf(rejected)).toEqual([
			{
				outcome: 'unknown',
				rejection: rejection({
					reason: 'no_result',
					details: ['Perculus also reported an approved room that fits no item: 99.'],
				}),
				room: { building: 'a', number: '11' },
			},
		]);
		expect(hints.map(({ message }) => message)).toContain(
			'Perculus returned 1 result that fits no item: 99.',
		);
	});

	describe('whose request does not succeed', () => {
		const unauthorized = (): Reply => ({ status: 401, body: '' });

		it('stops the workflow', async () => {
			const { thrown, status } = await run(ROOMS, unauthorized);
			expect(status).toBe('error');
			expect(thrown?.message).toMatch(/^Perculus did not accept the credential/);
			expect(thrown?.description).toMatch(/^No room was saved\./);
		});

		it('goes to Rejected with Continue', async () => {
			const { rejected, thrown } = await run(ROOMS, unauthorized, {
				onError: 'continueRegularOutput',
			});
			expect(thrown).toBeUndefined();
			expect(jsonOf(rejected)).toEqual(
				ROOMS.map((one) => ({
					outcome: 'rejected',
					rejection: rejection({ source: 'request', reason: 'unauthorized' }),
					room: one,
				})),
			);
		});

		it('goes to Error with its output, in the three keys by which n8n knows it', async () => {
			const { error } = await run(ROOMS, unauthorized, { onError: 'continueErrorOutput' });
			expect(error.map(({ json }) => (json.details as IDataObject).room)).toEqual(ROOMS);
		});
	});

	it('is only checked with Dry Run', async () => {
		const items = [...ROOMS, room('a', '11')];
		const { approved, probed, sent } = await run(items, approving(), {
			options: { dryRun: true },
		});
		expect(sent).toEqual([]);
		expect(jsonOf(approved)).toEqual(ROOMS.map((one) => ({ outcome: 'would_save', ...one })));
		expect(probed.rejected).toEqual(['11']);
	});
});
