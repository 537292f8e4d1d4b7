import { AccountMemory } from '../../../nodes/Perculus/lookup/memory';

const guidAt = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const MINUTE = 60_000;

describe('what this process remembers of an account', () => {
	it('is what was made under a reference, in any case, for ten minutes', () => {
		const memory = new AccountMemory();
		memory.note('Deal-1', guidAt(1), 0);
		memory.note('deal-1', guidAt(2), MINUTE);
		expect(memory.guidsOf('DEAL-1', 2 * MINUTE)).toEqual([guidAt(1), guidAt(2)]);
		expect(memory.guidsOf('deal-1', 10 * MINUTE)).toEqual([guidAt(2)]);
		expect(memory.guidsOf('deal-1', 11 * MINUTE)).toEqual([]);
		expect(memory.guidsOf('deal-2', 0)).toEqual([]);
	});

	it('counts ten minutes from the last time', () => {
		const memory = new AccountMemory();
		memory.note('a', guidAt(1).toUpperCase(), 0);
		memory.note('a', guidAt(1), 9 * MINUTE);
		expect(memory.guidsOf('a', 18 * MINUTE)).toEqual([guidAt(1)]);
	});

	it('forgets a session under every reference it had, its GUID in any case', () => {
		const memory = new AccountMemory();
		memory.note('a', guidAt(1), 0);
		memory.note('b', guidAt(1), 0);
		memory.note('b', guidAt(2), 0);
		memory.forget(guidAt(1).toUpperCase());
		expect(memory.guidsOf('a', 0)).toEqual([]);
		expect(memory.guidsOf('b', 0)).toEqual([guidAt(2)]);
		memory.forget(guidAt(9));
		memory.note('a', guidAt(1), 0);
		expect(memory.guidsOf('a', 0)).toEqual([guidAt(1)]);
	});

	it('knows what was deleted for ten minutes, and no longer what was made', () => {
		const memory = new AccountMemory();
		memory.note('a', guidAt(1), 0);
		memory.noteDeleted(guidAt(1).toUpperCase(), MINUTE);
		expect(memory.guidsOf('a', MINUTE)).toEqual([]);
		expect(memory.hasDeleted(guidAt(1), 2 * MINUTE)).toBe(true);
		expect(memory.hasDeleted(guidAt(2), 2 * MINUTE)).toBe(false);
		memory.noteDeleted(guidAt(2), 5 * MINUTE);
		expect(memory.hasDeleted(guidAt(1), 11 * MINUTE)).toBe(false);
		expect(memory.hasDeleted(guidAt(2), 11 * MINUTE)).toBe(true);
	});

	it('is at hand at once, however many sessions were made and are deleted', () => {
		const memory = new AccountMemory();
		const many = 20_000;
		const began = Date.now();
		for (let n = 0; n < many; n++) memory.note(`deal-${n}`, guidAt(n), n);
		for (let n = many; n-- > 0;) memory.noteDeleted(guidAt(n), many);
		expect(memory.guidsOf('deal-7', many)).toEqual([]);
		expect(Date.now() - began).toBeLessThan(5000);
	});
});
