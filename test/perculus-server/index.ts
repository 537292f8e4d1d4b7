export type { AttendeePreset, StoredAttendee, StoredUser, UserPreset } from './attendee/attendee';
export type { AttendeeInput } from './attendee/item';
export type { Refusal } from './batch';
export type { Clock } from './dates';
export type { Fault } from './http/faults';
export type { RecordedRequest } from './http/handler';
export { ACCESS_KEY, SECRET_KEY, bearerToken, type Route } from './http/routes';
export type { Visit } from './report/happened';
export {
	SAMPLE_CLOCK,
	SAMPLE_CREATED_GUID,
	SAMPLE_REQUEST,
	SAMPLE_STORED,
	SAMPLE_STORED_GUID,
	SAMPLE_UNKNOWN_GUID,
	SAMPLE_USER_GUID,
} from './sample';
export { startPerculusServer, type PerculusServer, type StartOptions } from './server';
export type { SessionInput } from './session/item';
export type { SessionOptions } from './session/options';
export type { RejectedShape } from './session/rejection';
export type { Preload, SessionView, StoredSession } from './session/session';
export type { Switches } from './switches';
export type { Json, JsonObject } from './values';
