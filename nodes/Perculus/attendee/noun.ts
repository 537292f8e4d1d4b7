import type { Noun } from '../batch/draft';

export const ATTENDEE_NOUN: Noun = { one: 'attendee', many: 'attendees' };
