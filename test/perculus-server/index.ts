export { ACCESS_KEY, SECRET_KEY, bearerToken } from './bearer';
export type { Clock } from './clock';
export type { Fault, Route } from './faults';
export type { SessionInput } from './item';
export type { Json, JsonObject } from './json';
export type { SessionOptions } from './options';
export {
	SAMPLE_CLOCK,
	SAMPLE_CREATED_GUID,
	SAMPLE_REQUEST,
	SAMPLE_STORED,
	SAMPLE_STORED_GUID,
	SAMPLE_UNKNOWN_GUID,
} from './sample';
export type { Preload, SessionView, StoredSession } from './session';
export { startPerculusServer } from './server';
export type { PerculusServer, RecordedRequest, StartOptions } from './server';
export type { Refusal, RejectedShape, Switches } from './switches';
