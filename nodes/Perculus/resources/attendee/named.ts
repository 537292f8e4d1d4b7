import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Run } from '../../batch/contract';
import { invalid } from '../../batch/output/outcome';
import { parameterReader } from '../../batch/read/parameter';
import { locateSessions } from '../../each/locate';
import type { Asked, AskedItems } from '../../each/contract';
import { pathOf } from '../../transport/path';
import { isEmpty } from '../../values/convert';
import { emailAddress } from '../../values/email';
import { jsonValue, quote } from '../../values/quote';
import type { Reading } from '../../values/reading';

/** A person, or all of them, in a session that an item names. */
export interface Named {
	/** Of the person, or of the search for all. */
	path: string;
	/** `session_guid`, `session_reference` where it was named so, and `attendee` as it was given. */
	shown: IDataObject;
}

const LABEL = 'Attendee';
const GUID_OR_CODE = /^\{?([A-Za-z0-9-]+)\}?$/;
/** Whatever a server on the way may take for the end of a part of the address. */
const PARTS_PATHS = /[/?#%]/;

/** What names a person in a path. No other text may: `..` would lead to the session itself, and delete it. */
function attendeeId(value: unknown): Reading<string> {
	const text = typeof value === 'number' ? String(value) : value;
	if (isEmpty(text)) {
		return { issue: `${LABEL} is empty; give an email address, a User GUID or an Attendance Code` };
	}
	const id =
		typeof text === 'string' ? (emailAddress(text) ?? GUID_OR_CODE.exec(text.trim())?.[1]) : '';
	return id && !PARTS_PATHS.test(id)
		? { value: id }
		: {
				issue: `${LABEL} must be an email address, a User GUID or an Attendance Code; this item has ${quote(value)}`,
			};
}

type Tail = (index: number, json: IDataObject) => { given?: unknown; read: Reading<string> };

/** Reads the session that each item names, and what below it is asked for; references are looked up all at once. */
async function readBelow(
	run: Run,
	items: readonly INodeExecutionData[],
	tailOf: Tail,
): Promise<AskedItems<Named>> {
	const indexed = items.map(({ json }, index) => ({ index, json }));
	const located = await locateSessions(run, indexed);
	const each = located.each.map((session, index): Asked<Named> => {
		const { given, read } = tailOf(index, items[index]?.json ?? {});
		const shown = {
			...session.shown,
			...(given !== undefined && { attendee: jsonValue(given) as IDataObject[string] }),
		};
		const issues = session.refused?.source === 'check' ? session.refused.details : [];
		if ('issue' in read) return { shown, refused: invalid([...issues, read.issue]) };
		if (session.refused) return { shown, refused: session.refused };
		const path = pathOf('session', session.guid ?? '', 'attendee', read.value);
		return path === undefined
			? { shown, refused: invalid([`${LABEL} cannot stand in an address`]) }
			: { shown, subject: { path, shown } };
	});
	return { ...located, each };
}

/** The person that each item names. */
export async function readPeople(
	run: Run,
	items: readonly INodeExecutionData[],
): Promise<AskedItems<Named>> {
	const readAttendee = parameterReader(run.context, 'attendee');
	return await readBelow(run, items, (index, json) => {
		const given = readAttendee(index, json);
		if ('issue' in given) return { given: null, read: { issue: `${LABEL} ${given.issue}` } };
		return { given: given.value ?? null, read: attendeeId(given.value) };
	});
}

/** The search for all the people of the session that each item names. */
export async function readSearches(
	run: Run,
	items: readonly INodeExecutionData[],
): Promise<AskedItems<Named>> {
	return await readBelow(run, items, () => ({ read: { value: 'search' } }));
}
