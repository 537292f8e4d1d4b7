export type { Refusal } from './batch';
export { hangs, type Fault } from './http';
export { ACCESS_KEY, SECRET_KEY, bearerToken } from './routes';
export * from './sample';
export { startPerculusServer, type PerculusServer, type StartOptions } from './server';
export type { StoredSession } from './session';
export type { SessionInput } from './sessionItem';
export type { Switches } from './switches';
export type { Json, JsonObject } from './values';
