import type { Noun } from '../batch/draft';

export const SESSION_NOUN: Noun = { one: 'session', many: 'sessions' };
