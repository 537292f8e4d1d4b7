import type { Noun } from '../../batch/contract';

export const ATTENDEE_NOUN: Noun = { one: 'attendee', many: 'attendees' };
