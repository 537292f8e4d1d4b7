import { pastStart } from '../../../../../nodes/Perculus/resources/session/build/pastStart';

const NOON = Date.UTC(2030, 7, 5, 9);
const HOUR = 3_600_000;
const istanbul = { clock: '2030-08-05T12:00:00', zone: 'Europe/Istanbul', instant: NOON };

it('a start before the moment lies in the past', () => {
	expect(pastStart(istanbul, NOON + 1)).toBe(
		'The start lies in the past: 2030-08-05 12:00 (Europe/Istanbul).',
	);
	expect(pastStart(istanbul, NOON)).toBeUndefined();
	expect(pastStart({ ...istanbul, clock: '2030-08-05T12:00:30' }, NOON + HOUR)).toContain(
		'12:00:30',
	);
});

it('in a zone that only Perculus knows, only where it is past in every zone', () => {
	const { clock } = istanbul;
	const last = Date.parse(`${clock}-12:00`);
	expect(pastStart({ clock }, last)).toBeUndefined();
	expect(pastStart({ clock }, last + 1)).toBe('The start lies in the past: 2030-08-05 12:00.');
});
