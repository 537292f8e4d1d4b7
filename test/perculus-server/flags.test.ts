import { FLAGS, readFlags } from './flags';
import { defaultSwitches } from './switches';

const flags = Object.entries(FLAGS);

it.each(flags)('--%s: its default is among its values', (_, [name, kind]) => {
	const value = defaultSwitches()[name];
	if (kind === 'text') expect(typeof value).toBe('string');
	else if (kind === 'number')
		expect([0, null]).toContain(value === null ? null : Number(value) * 0);
	else expect(kind).toContain(value);
});

it('every switch that is a choice of words has a flag', () => {
	const flagged = new Set<string>(flags.map(([, [name]]) => name));
	const words = Object.entries(defaultSwitches()).filter(([, value]) => typeof value === 'string');
	const without = words.map(([name]) => name).filter((name) => !flagged.has(name));
	expect(without).toEqual(['accessKey', 'secretKey', 'langs']);
});

it('readFlags', () => {
	expect(readFlags({ 'first-page': '0', 'tags-match': 'tag', seed: '7', port: '1' })).toEqual({
		firstPage: 0,
		tagsMatch: 'tag',
		seed: 7,
	});
	expect(() => readFlags({ 'first-page': '2' })).toThrow('--first-page takes 0, 1; not "2"');
	expect(() => readFlags({ seed: 'x' })).toThrow('--seed takes a whole number, not "x"');
});
