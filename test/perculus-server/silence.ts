import { EventEmitter } from 'node:events';

/** Emits `silent` with the port of a client whose request gets no answer. */
export const silence = new EventEmitter();
