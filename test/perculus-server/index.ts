export type { AttendeePreset, StoredAttendee } from './attendee/attendee';
export type { AttendeeInput } from './attendee/item';
export type { StoredUser, UserPreset } from './attendee/user';
export { ACCESS_KEY, SECRET_KEY, bearerToken } from './http/bearer';
export type { Clock } from './values/clock';
export type { Fault } from './http/faults';
export type { RecordedRequest } from './http/recorded';
export type { Route } from './http/target';
export type { Visit } from './report/happened';
export type { SessionInput } from './session/batch/item';
export type { Json, JsonObject } from './values/json';
export type { SessionOptions } from './session/options';
export {
	SAMPLE_CLOCK,
	SAMPLE_CREATED_GUID,
	SAMPLE_REQUEST,
	SAMPLE_STORED,
	SAMPLE_STORED_GUID,
	SAMPLE_UNKNOWN_GUID,
	SAMPLE_USER_GUID,
} from './sample';
export type { Preload } from './session/preload';
export type { SessionView, StoredSession } from './session/session';
export { startPerculusServer } from './server';
export type { PerculusServer, StartOptions } from './server';
export type { Refusal, RejectedShape, Switches } from './switches';
