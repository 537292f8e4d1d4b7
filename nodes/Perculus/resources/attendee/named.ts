import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Run } from '../../batch/contract';
import { invalid } from '../../batch/outcome';
import { parameterReader } from '../../batch/read/parameter';
import { locateSessions } from '../../each/locate';
import type { Asked, AskedItems } from '../../each/contract';
import { pathOf } from '../../transport/transport';
import { jsonValue } from '../../values/quote';
import type { Reading } from '../../values/reading';
import { attendeeId } from './attendeeId';

/** A person, or all of them, in a session that an item names. */
export interface Named {
	/** Of the person, or of the search for all. */
	path: string;
	/** `session_guid`, `session_reference` where it was named so, and `attendee` as it was given. */
	shown: IDataObject;
}

const LABEL = 'Attendee';

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
