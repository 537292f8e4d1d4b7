import { takeTurns } from '../../../nodes/Perculus/lookup/turns';

const tick = async () => await new Promise<void>((resolve) => setTimeout(resolve, 5));

describe('turns', () => {
	it('lets one run after the other have a key, in the order in which they came', async () => {
		const order: string[] = [];
		const run = async (name: string) => {
			const end = await takeTurns(['a'], tick);
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

	it('never makes two runs wait for each other, whatever the order of their keys', async () => {
		let done = 0;
		const run = async (keys: string[]) => {
			const end = await takeTurns(keys, tick);
			await tick();
			end();
			done++;
		};
		await Promise.all([run(['a', 'b']), run(['b', 'a']), run(['b', 'c']), run(['c', 'a'])]);
		expect(done).toBe(4);
	});

	it('does not hold up runs with other keys', async () => {
		const end = await takeTurns(['mine'], tick);
		const other = await takeTurns(['yours'], async () => await Promise.reject(new Error('waited')));
		other();
		end();
	});

	it('lets a run go that is cancelled while it waits, and keeps the order of those behind it', async () => {
		const endFirst = await takeTurns(['k'], tick);
		const cancelled = takeTurns(['k'], async () => await Promise.reject(new Error('cancelled')));
		let hasThird = false;
		const third = takeTurns(['k'], tick).then((end) => {
			hasThird = true;
			return end;
		});
		await expect(cancelled).rejects.toThrow('cancelled');
		await tick();
		await tick();
		expect(hasThird).toBe(false);
		endFirst();
		(await third)();
	});

	it('leaves nothing behind', async () => {
		(await takeTurns(['gone'], tick))();
		await tick();
		const end = await takeTurns(['gone'], async () => await Promise.reject(new Error('waited')));
		end();
	});
});
