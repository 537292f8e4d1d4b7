import {
	forgetSession,
	rememberedSessions,
	rememberSessions,
	lockReferences,
} from '../../../nodes/Perculus/session/memory';
import { createWorld, guidAt, remember, session, type World } from './world';

const MINUTE = 60_000;
const newWorld = () => createWorld(() => ({ status: 500 }));
const guidsOf = (world: World, folded: string) =>
	(rememberedSessions(world).get(folded) ?? []).map(({ guid }) => guid);

describe('Remembered sessions', () => {
	it('remembers sessions saved with a reference, in any case, for ten minutes', () => {
		const world = newWorld();
		remember(world, session(1, 'ref:Deal-1'));
		world.advance(MINUTE);
		remember(world, session(2, 'ref:deal-1'));
		expect(guidsOf(world, 'deal-1')).toEqual([guidAt(1), guidAt(2)]);
		world.advance(9 * MINUTE);
		expect(guidsOf(world, 'deal-1')).toEqual([guidAt(2)]);
		world.advance(MINUTE);
		expect(rememberedSessions(world).size).toBe(0);
	});

	it('counts the ten minutes from the last save', () => {
		const world = newWorld();
		remember(world, session(1, 'ref:a'));
		remember(world, session(2, 'ref:b'));
		world.advance(9 * MINUTE);
		remember(world, { ...session(1, 'ref:a'), session_guid: guidAt(1).toUpperCase() });
		world.advance(9 * MINUTE);
		expect([...rememberedSessions(world).keys()]).toEqual(['a']);
	});

	it('remembers a session under all its references, and no session without GUID or reference', () => {
		const world = newWorld();
		remember(world, session(1, 'ref:a,ref:b'));
		remember(world, session(2, 'math'));
		remember(world, { tags: 'ref:c' });
		expect([...rememberedSessions(world).keys()]).toEqual(['a', 'b']);
	});

	it('does not remember a session that was sent without tags', () => {
		const world = newWorld();
		rememberSessions(world, [{ view: session(1, 'ref:a'), draft: { request: {} } }]);
		expect(rememberedSessions(world).size).toBe(0);
	});

	it('forgets a session under every reference, by its GUID in any case', () => {
		const world = newWorld();
		remember(world, session(1, 'ref:a,ref:b'));
		remember(world, session(2, 'ref:b'));
		forgetSession(world.account, guidAt(1).toUpperCase());
		forgetSession(world.account, guidAt(9));
		forgetSession('unknown account', guidAt(2));
		expect([...rememberedSessions(world).keys()]).toEqual(['b']);
	});
});

const tick = async () => await new Promise<void>((resolve) => setImmediate(resolve));
const never = async () => await Promise.reject(new Error('waited'));

describe('Locks on references', () => {
	/** Runs of one account; waiting lets the others continue. */
	function account(wait: () => Promise<void> = tick) {
		const world = newWorld();
		return { ...world, transport: { ...world.transport, wait } };
	}

	it('gives a reference to one run after the other, in the order of their requests', async () => {
		const world = account();
		const order: string[] = [];
		const run = async (name: string) => {
			const end = await lockReferences(world, ['a']);
			order.push(`${name} begins`);
			await tick();
			order.push(`${name} ends`);
			end();
		};
		await Promise.all([run('first'), run('second'), run('third')]);
		expect(order).toEqual([
			'first begins',
			'first ends',
			'second begins',
			'second ends',
			'third begins',
			'third ends',
		]);
	});

	it('runs that lock references in different orders never wait for each other forever', async () => {
		const world = account();
		let done = 0;
		const run = async (references: string[]) => {
			const end = await lockReferences(world, references);
			await tick();
			end();
			done++;
		};
		await Promise.all([run(['a', 'b']), run(['b', 'A']), run(['b', 'c']), run(['c', 'a'])]);
		expect(done).toBe(4);
	});

	it('does not delay runs with other references or of other accounts', async () => {
		const world = account();
		const end = await lockReferences(world, ['a']);
		const others = { ...world, transport: { ...world.transport, wait: never } };
		(await lockReferences(others, ['b']))();
		(await lockReferences({ ...others, account: 'another account' }, ['a']))();
		end();
	});

	it('a run cancelled while waiting leaves the queue, and the next one still waits', async () => {
		const world = account();
		const endFirst = await lockReferences(world, ['a']);
		const second = { ...world, transport: { ...world.transport, wait: never } };
		const cancelled = lockReferences(second, ['a']);
		let hasThird = false;
		const third = lockReferences(world, ['a']).then((end) => {
			hasThird = true;
			return end;
		});
		await expect(cancelled).rejects.toThrow('waited');
		await tick();
		await tick();
		expect(hasThird).toBe(false);
		endFirst();
		(await third)();
	});

	it('a released reference can be locked again without waiting', async () => {
		const world = account(never);
		(await lockReferences(world, ['a']))();
		await tick();
		(await lockReferences(world, ['a']))();
	});
});
