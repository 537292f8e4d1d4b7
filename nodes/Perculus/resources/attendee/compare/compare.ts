import type { IDataObject } from 'n8n-workflow';

import type { AnswerReading, MatchRules } from '../../../batch/match/matchRules';
import { normalGuid } from '../../../values/guid';
import type { AttendeeDraft, Keys } from '../attendee';
import { emailOf } from './identity';

/** What names the attendee in an answer: v2 writes `user_guid`, older answers `user_id`; the internal model has numbers there. */
export const GOT: Record<keyof Keys, (model: IDataObject) => string | undefined> = {
	code: ({ attendance_code }) => normalGuid(attendance_code),
	user: ({ user_guid, user_id }) => normalGuid(user_guid) ?? normalGuid(user_id),
	email: (model) => emailOf(model)?.toLowerCase(),
};

/** The surest first: users and addresses can be given to another attendee, a code cannot. */
export const KEYS = ['code', 'user', 'email'] as const;

const NO_VALUES = new Map<string, string>();
/** Every item is known by a key, so that none is ever compared by what else it tells. */
const NO_READING: AnswerReading<AttendeeDraft> = {
	values: () => NO_VALUES,
	sentPart: () => '',
	gotPart: () => undefined,
};

/** An answer that says that the person is no user of the account. */
const isGuest = ({ user_guid, user_id }: IDataObject) => user_guid === null || user_id === null;

/** How the results of attendees are told apart: by what names the person, in any case. */
export const ATTENDEE_RULES: MatchRules<AttendeeDraft> = {
	exactKeys: KEYS.map((key) => ({
		sent: ({ sent }) => sent[key],
		got: GOT[key],
		isIdentity: true,
	})),
	sentName: () => undefined,
	gotName: emailOf,
	sentValues: () => NO_VALUES,
	readAnswer: () => NO_READING,
	mayBeRenamed: ({ sent }, model) => sent.user === undefined || !isGuest(model),
};

/** What the answer says of a person that the item names in another way: a sentence each. */
export function differences({ named, sent, input }: AttendeeDraft, view: IDataObject): string[] {
	const told: string[] = [];
	const email = emailOf(view);
	if (named.email !== undefined && email !== undefined && email.toLowerCase() !== named.email) {
		told.push(
			sent.email === undefined
				? `The Attendance Code of this item is that of ${email}, but the item has ${String(input.email)}. Check who is meant.`
				: `Perculus has ${email} for this attendee, but ${String(input.email)} was asked for. Check it in Perculus.`,
		);
	}
	const user = GOT.user(view);
	if (named.user !== undefined && user !== undefined && user !== named.user) {
		told.push(
			`The attendee in Perculus belongs to the user ${user}, but the item has ${String(input.user_guid)}. Check who is meant.`,
		);
	}
	return told;
}
