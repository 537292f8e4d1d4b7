import { attendeeDefaults, type AttendeeSwitches } from './attendee/switches';
import { batchDefaults, type BatchSwitches } from './batch/switches';
import { serverDefaults, type ServerSwitches } from './http/switches';
import { reportDefaults, type ReportSwitches } from './report/switches';
import { searchDefaults, type SearchSwitches } from './session/searchSwitches';
import { sessionDefaults, type SessionSwitches } from './session/switches';

export type { Refusal } from './batch/switches';
export type { RejectedShape } from './session/switches';

/**
 * Everything about the vendor's API that a test may want otherwise. "Documented" marks a fact with
 * a source in the API notes; "Assumed" marks a choice that no source settles, so a client has to
 * work with every value of it. Each folder names its own.
 */
export interface Switches
	extends
		ServerSwitches,
		BatchSwitches,
		SessionSwitches,
		SearchSwitches,
		AttendeeSwitches,
		ReportSwitches {}

export function defaultSwitches(): Switches {
	return {
		...serverDefaults(),
		...batchDefaults(),
		...sessionDefaults(),
		...searchDefaults(),
		...attendeeDefaults(),
		...reportDefaults(),
	};
}
