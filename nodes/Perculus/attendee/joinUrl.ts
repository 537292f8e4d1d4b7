import { isEmpty } from '../values/convert';
import { quote } from '../values/quote';
import type { Reading } from '../values/reading';

const CODE = /\{code\}/g;

/** The template of join links as an item has it; undefined where there is none. */
export function joinUrlOf(read: Reading<unknown>): Reading<string | undefined> {
	if ('issue' in read) return { issue: `The option 'Join URL' ${read.issue}` };
	const { value } = read;
	if (isEmpty(value)) return { value: undefined };
	if (typeof value === 'string' && value.search(CODE) >= 0) return { value: value.trim() };
	return {
		issue: `The option 'Join URL' must have {code} where the attendance code of a person goes; it is ${quote(value)}`,
	};
}

/** The link with which the person with this attendance code joins. */
export function joinLink(template: string, code: string): string {
	return template.replace(CODE, () => encodeURIComponent(code));
}
