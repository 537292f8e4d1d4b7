import { DateTime } from 'luxon';

import { agentValue } from '../../../nodes/Perculus/batch/parameter';

describe('Values from an AI agent', () => {
	it.each(['none', 'None', 'NONE', 'null', 'Null', 'n/a', 'N/A', ' none '])(
		'treats the value %j from an agent as empty',
		(value) => {
			expect(agentValue(value)).toBe('');
		},
	);

	it.each(['nonesuch', 'nothing', 'na', '', 0, false, null, undefined])(
		'keeps the value %j from an agent',
		(value) => {
			expect(agentValue(value)).toBe(value);
		},
	);

	it('empties values such as none also in lists and objects', () => {
		expect(agentValue({ tags: ['none', 'math'], options: { return_url: 'N/A' } })).toEqual({
			tags: ['', 'math'],
			options: { return_url: '' },
		});
	});

	it('keeps Date and DateTime values from an agent', () => {
		const [date, time] = [new Date(0), DateTime.fromMillis(0)];
		expect(agentValue(date)).toBe(date);
		expect(agentValue(time)).toBe(time);
	});
});
