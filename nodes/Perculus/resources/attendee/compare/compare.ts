import type { IDataObject } from 'n8n-workflow';

import type {
	AnswerReading,
	Answered,
	ComparableValues,
	MatchRules,
} from '../../../batch/match/matchRules';
import { isEmpty } from '../../../values/convert/convert';
import { normalGuid } from '../../../values/guid';
import type { AttendeeDraft } from '../attendee';
import { emailOf } from './identity';

/** What names an attendee, the surest first: users and addresses can be given to another attendee, a code cannot. */
export const KEYS = ['code', 'user', 'email'] as const;
type Key = (typeof KEYS)[number];

/** The same of an answer: v2 writes `user_guid`, older answers `user_id`; an internal model has numbers there. */
export const GOT: Record<Key, (model: IDataObject) => string | undefined> = {
	code: ({ attendance_code }) => normalGuid(attendance_code),
	user: ({ user_guid, user_id }) => normalGuid(user_guid) ?? normalGuid(user_id),
	email: (model) => emailOf(model)?.toLowerCase(),
};

/** What is sent of it: a code stands alone. */
const SENT: Record<Key, (draft: AttendeeDraft) => string | undefined> = {
	code: ({ code }) => code,
	user: ({ code, user }) => (code === undefined ? user : undefined),
	email: ({ code, email }) => (code === undefined ? email : undefined),
};

/** What is compared beside that, where one person was named in different ways. */
const COMPARED = ['name', 'surname', 'role', 'mobile'];

function valuesIn(model: IDataObject): Map<string, string | null> {
	const values = new Map<string, string | null>();
	for (const field of COMPARED) {
		const value = model[field];
		if (value !== undefined) values.set(field, isEmpty(value) ? null : String(value));
	}
	return values;
}

function sentValues(draft: AttendeeDraft): ComparableValues {
	const values = valuesIn(draft.request);
	for (const key of KEYS) {
		const name = SENT[key](draft);
		if (name !== undefined) values.set(key, name);
	}
	return values;
}

function answeredValues({ model }: Answered): ComparableValues {
	const values = valuesIn(model);
	for (const key of KEYS) values.set(key, GOT[key](model) ?? null);
	return values;
}

/** Every item is known by a key; what else it tells is compared only where two are known by keys of the same person. */
const READING: AnswerReading<AttendeeDraft> = {
	values: answeredValues,
	sentPart: () => '',
	gotPart: () => undefined,
};

/** An answer that says that the person is no user of the account. */
const isGuest = ({ user_guid, user_id }: IDataObject) => user_guid === null || user_id === null;

/** How the results of attendees are told apart: by what names the person, in any case. */
export const ATTENDEE_RULES: MatchRules<AttendeeDraft> = {
	exactKeys: KEYS.map((key) => ({
		sent: SENT[key],
		got: GOT[key],
		isIdentity: true,
	})),
	sentName: () => undefined,
	gotName: emailOf,
	sentValues,
	readAnswer: () => READING,
	mayBeRenamed: (draft, model) => SENT.user(draft) === undefined || !isGuest(model),
};

const NOTHING: readonly string[] = [];

/** What the answer says of a person that the item names in another way: a sentence each. */
export function differences(
	{ code, user, email, input }: AttendeeDraft,
	view: IDataObject,
): readonly string[] {
	const gotEmail = email === undefined ? undefined : emailOf(view);
	const gotUser = user === undefined ? undefined : GOT.user(view);
	const told: string[] = [];
	if (gotEmail !== undefined && gotEmail.toLowerCase() !== email) {
		told.push(
			code === undefined
				? `Perculus has ${gotEmail} for this attendee, but ${String(input.email)} was asked for. Check it in Perculus.`
				: `The Attendance Code of this item is that of ${gotEmail}, but the item has ${String(input.email)}. Check who is meant.`,
		);
	}
	if (gotUser !== undefined && gotUser !== user) {
		told.push(
			`The attendee in Perculus belongs to the user ${gotUser}, but the item has ${String(input.user_guid)}. Check who is meant.`,
		);
	}
	return told.length > 0 ? told : NOTHING;
}
