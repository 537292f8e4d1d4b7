import {
	forgetSession,
	rememberedSessions,
	rememberSession,
	lockReferences,
} from '../../../nodes/Perculus/session/memory';
import { createWorld, guidAt, remember, session, type World } from './world';

const MINUTE = 60_000;
const newWorld = () => createWorld(() => ({ status: 500 }));
const guidsOf = (world: World, folded: string) =>
	(rememberedSessions(world).get(folded) ?? []).map(({ guid }) => guid);

describe('what this process remembers of an account', () => {
	it('is what was saved with a reference, in any case, for ten minutes', () => {
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

	it('counts ten minutes from the last time', () => {
		const world = newWorld();
		remember(world, session(1, 'ref:a'));
		remember(world, session(2, 'ref:b'));
		world.advance(9 * MINUTE);
		remember(world, { ...session(1, 'ref:a'), session_guid: guidAt(1).toUpperCase() });
		world.advance(9 * MINUTE);
		expect([...rememberedSessions(world).keys()]).toEqual(['a']);
	});

	it('keeps a session under all its references, and none without', () => {
		const world = newWorld();
		remember(world, session(1, 'ref:a,ref:b'));
		remember(world, session(2, 'math'));
		remember(world, { tags: 'ref:c' });
		expect([...rememberedSessions(world).keys()]).toEqual(['a', 'b']);
	});

	it('does not keep a session that was sent without tags, so that no reference was written', () => {
		const world = newWorld();
		rememberSession(world, session(1, 'ref:a'), undefined);
		expect(rememberedSessions(world).size).toBe(0);
	});

	it('forgets a session under every reference, its GUID in any case', () => {
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

describe('turns', () => {
	/** Runs of one account; waiting lets the others go on. */
	function account(wait: () => Promise<void> = tick) {
		const world = newWorld();
		return { ...world, transport: { ...world.transport, wait } };
	}

	it('lets one run after the other have a reference, in the order in which they came', async () => {
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

	it('never makes two runs wait for each other, whatever the order of their references', async () => {
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

	it('does not hold up runs with other references, or of other accounts', async () => {
		const world = account();
		const end = await lockReferences(world, ['a']);
		const others = { ...world, transport: { ...world.transport, wait: never } };
		(await lockReferences(others, ['b']))();
		(await lockReferences({ ...others, account: 'another account' }, ['a']))();
		end();
	});

	it('lets a run go that is cancelled while it waits, and keeps the order of those behind it', async () => {
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

	it('leaves nothing behind', async () => {
		const world = account(never);
		(await lockReferences(world, ['a']))();
		await tick();
		(await lockReferences(world, ['a']))();
	});
});
