import type { Noun } from '../../batch/contract';

export const SESSION_NOUN: Noun = { one: 'session', many: 'sessions' };
