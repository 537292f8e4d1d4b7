import { namesTaken } from '../../../nodes/Perculus/actions/shared/options';
import { ATTENDEE_FIELDS } from '../../../nodes/Perculus/attendee/fields';
import { SESSION_CATALOGUE, SESSION_FIELDS } from '../../../nodes/Perculus/session/fields';

/** The names between the colon and the full stop, by field. */
const namesIn = (text: string) =>
	(/: (.*?)\. /.exec(text)?.[1] ?? '').split('; ').map((names) => names.split(' / '));

describe('Names for automatic mapping', () => {
	it('the list has the names of the fields of a new mapper, each name once', () => {
		expect(namesIn(namesTaken(SESSION_FIELDS))).toEqual([
			['Session GUID', 'guid', 'session id'],
			['Session Reference'],
			['Name', 'session name'],
			['Start Date', 'start', 'starts at'],
			['Start Time'],
			['Duration (Minutes)', 'duration', 'duration (min)'],
			['Time Zone'],
			['Language', 'lang'],
		]);
		expect(namesTaken(ATTENDEE_FIELDS)).toContain('Last Name / surname / family name; Role.');
	});

	it('automatic mapping accepts each listed name as written', () => {
		for (const [label = '', ...others] of namesIn(namesTaken(SESSION_FIELDS))) {
			const field = SESSION_CATALOGUE.namedBy(label)?.field;
			expect(SESSION_CATALOGUE.labelOf(field ?? '')).toBe(label);
			for (const name of others) expect(SESSION_CATALOGUE.namedBy(name)?.field).toBe(field);
		}
	});
});
