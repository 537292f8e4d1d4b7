import { isEmpty } from '../../values/convert/convert';
import { emailAddress } from '../../values/names';
import { quote } from '../../values/quote';
import type { Reading } from '../../values/reading';

const LABEL = 'Attendee';
const GUID_OR_CODE = /^\{?([A-Za-z0-9-]+)\}?$/;
/** Below a session these are requests of the API's own, for many people at once. */
const ROUTES = /^(batch|search)$/i;
/** Whatever a server on the way may take for the end of a part of the address. */
const PARTS_PATHS = /[/?#%]/;

/** What names a person in a path. No other text may: `..` would lead to the session itself, and delete it. */
export function attendeeId(value: unknown): Reading<string> {
	const text = Number.isSafeInteger(value) ? String(value) : value;
	if (isEmpty(text)) {
		return { issue: `${LABEL} is empty; give an email address, a User GUID or an Attendance Code` };
	}
	const id =
		typeof text === 'string' ? (emailAddress(text) ?? GUID_OR_CODE.exec(text.trim())?.[1]) : '';
	if (!id || ROUTES.test(id)) {
		return {
			issue: `${LABEL} must be an email address, a User GUID or an Attendance Code; this item has ${quote(value)}`,
		};
	}
	return PARTS_PATHS.test(id)
		? {
				issue: `${LABEL} has an email address with /, ?, # or %, by which nobody can be found; give the Attendance Code or the User GUID`,
			}
		: { value: id };
}
