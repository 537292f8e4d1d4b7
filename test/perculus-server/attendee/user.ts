import { randomUUID } from 'node:crypto';

/** Documented: what a user lends to an attendee. The server has no routes for users. */
export interface StoredUser {
	/** In upper case. */
	user_guid: string;
	name: string;
	surname: string;
	email: string;
	role: string;
	mobile: string | null;
}

export type UserPreset = Partial<StoredUser>;

/** A user with made-up values where the preset has none; the number keeps e-mails apart. */
export function preloadedUser(preset: UserPreset, number: number): StoredUser {
	return {
		name: 'User',
		surname: String(number),
		email: `user-${number}@account.example`,
		role: 'u',
		mobile: null,
		...preset,
		user_guid: (preset.user_guid ?? randomUUID()).toUpperCase(),
	};
}
