import type { Switches } from '../switches';
import { isGuid } from '../values/guid';
import type { Problem } from '../values/texts';
import { unknownAttendeeFields, type AttendeeItem } from './item';

/** Documented: user, instructor, admin; the last two are older kinds of instructor. */
const ROLES = ['u', 'e', 'a', 'e+', 'e-'];
const EMAIL = /^[^@\s]+@[^@\s]+$/;

/** Everything that is wrong with an item's own values. */
export function attendeeProblems(item: AttendeeItem, switches: Switches): Problem[] {
	const problems: Problem[] = [];
	const add = (field: string, text: Problem['text']) => problems.push({ field, text });
	const { email, name, surname, role } = item.fields;
	const [selector] = item.selectors;

	if (selector === undefined) add('', 'selectorMissing');
	else if (selector === 'email') {
		// Documented: a guest needs all three.
		if (!name?.trim()) add('name', 'attendeeNameMissing');
		if (!surname?.trim()) add('surname', 'surnameMissing');
	} else if (switches.malformedGuid === 'malformed' && !isGuid(item.fields[selector] ?? ''))
		add(selector, 'guidMalformed');
	if (email && !EMAIL.test(email)) add('email', 'emailInvalid');
	if (typeof role === 'string' && !ROLES.includes(role)) add('role', 'roleUnknown');
	if (switches.strictFieldNames) problems.push(...unknownAttendeeFields(item));
	return problems;
}
