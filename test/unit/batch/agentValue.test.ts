import { DateTime } from 'luxon';

import { agentValue } from '../../../nodes/Perculus/batch/parameter';

describe('a value from an agent', () => {
	it.each(['none', 'None', 'NONE', 'null', 'Null', 'n/a', 'N/A', ' none '])(
		'%j is empty',
		(value) => {
			expect(agentValue(value)).toBe('');
		},
	);

	it.each(['nonesuch', 'nothing', 'na', '', 0, false, null, undefined])('%j stays', (value) => {
		expect(agentValue(value)).toBe(value);
	});

	it('is empty in lists and objects, too', () => {
		expect(agentValue({ tags: ['none', 'math'], options: { return_url: 'N/A' } })).toEqual({
			tags: ['', 'math'],
			options: { return_url: '' },
		});
	});

	it('stays a date where it is one', () => {
		const [date, time] = [new Date(0), DateTime.fromMillis(0)];
		expect(agentValue(date)).toBe(date);
		expect(agentValue(time)).toBe(time);
	});
});
