import type { IDataObject } from 'n8n-workflow';

import type { Comparer } from '../batch/possiblePairs';
import type { Identity } from '../batch/types';
import { isEmpty } from '../values/convert';
import { normalGuid, tidy } from '../values/text';
import type { AttendeeDraft } from './build';

/** The email address in a response; undefined if it has none. */
const emailOf = ({ email }: IDataObject): string | undefined =>
	typeof email === 'string' && email.trim() !== '' ? email.trim() : undefined;

/** How an attendee in a response is named. Not by its attendance code, with which anybody could join. */
export const ATTENDEE_IDENTITY: Identity = {
	key: 'email',
	words: 'an e-mail address',
	of: emailOf,
};

/** What names an attendee, the surest first: users and addresses can be given to another attendee, a code cannot. */
export const IDENTITY_KEYS = ['code', 'user', 'email'] as const;
type Key = (typeof IDENTITY_KEYS)[number];

/** The same of a request or a response: v2 writes `user_guid`, older responses `user_id`; an internal model has numbers there. */
export const readIdentity: Record<Key, (model: IDataObject) => string | undefined> = {
	code: ({ attendance_code }) => normalGuid(attendance_code),
	user: ({ user_guid, user_id }) => normalGuid(user_guid) ?? normalGuid(user_id),
	email: (model) => emailOf(model)?.normalize('NFC').toLowerCase(),
};

/** All that names an attendee, the surest first: 'code 1b27eb7f-…', 'email ada@school.example'. */
export const keysOf = (model: IDataObject): string[] =>
	IDENTITY_KEYS.flatMap((key) => {
		const id = readIdentity[key](model);
		return id === undefined ? [] : [`${key} ${id}`];
	});

/** Compared if items name one person by different keys. */
const COMPARED = ['name', 'surname', 'role', 'mobile'];

const textOf = (value: unknown) => (isEmpty(value) ? undefined : tidy(String(value)).toLowerCase());

/** A response that says that the person is no user of the account. */
const isGuest = ({ user_guid, user_id }: IDataObject) => user_guid === null || user_id === null;

/** Whether what is sent and what came back can be one person: a code, else the surest key that both have, decides. */
function isSamePerson(request: IDataObject, model: IDataObject): boolean {
	if (readIdentity.code(request) !== undefined)
		return readIdentity.code(request) === readIdentity.code(model);
	const shared = IDENTITY_KEYS.find(
		(key) => readIdentity[key](request) && readIdentity[key](model),
	);
	if (shared !== undefined) return readIdentity[shared](request) === readIdentity[shared](model);
	return readIdentity.user(request) === undefined || !isGuest(model);
}

/** How results of attendees are compared with items: by what names the person. */
export const ATTENDEE_COMPARER: Comparer<AttendeeDraft> = {
	sent: ({ request }) => ({ matchKeys: keysOf(request), name: '' }),
	returned: (model) => ({ matchKeys: keysOf(model), name: emailOf(model) ?? '' }),
	compare(drafts) {
		return {
			sentStarts: () => [],
			returnedStarts: () => undefined,
			fits: ({ request }, model) =>
				isSamePerson(request, model) &&
				(drafts.length === 1 ||
					COMPARED.every((field) => {
						const [sent, returned] = [textOf(request[field]), textOf(model[field])];
						return sent === undefined || returned === undefined || sent === returned;
					})),
		};
	},
};

const NOTHING: readonly string[] = [];
/** Warnings about a response that names the person in another way than the item. */
export function differences(
	{ code, user, email, input }: AttendeeDraft,
	view: IDataObject,
): readonly string[] {
	const gotEmail = email === undefined ? undefined : emailOf(view);
	const gotUser = user === undefined ? undefined : readIdentity.user(view);
	const warnings: string[] = [];
	if (gotEmail !== undefined && gotEmail.toLowerCase() !== email) {
		warnings.push(
			code === undefined
				? `Perculus has ${gotEmail} for this attendee, but ${String(input.email)} was asked for. Check it in Perculus.`
				: `The Attendance Code of this item is that of ${gotEmail}, but the item has ${String(input.email)}. Check which attendee is right.`,
		);
	}
	if (gotUser !== undefined && gotUser !== user) {
		warnings.push(
			`The attendee in Perculus belongs to the user ${gotUser}, but the item has ${String(input.user_guid)}. Check which attendee is right.`,
		);
	}
	return warnings.length > 0 ? warnings : NOTHING;
}
