import type { Json, JsonObject } from '../values/json';

/** Switches of the reports. Documented: paths, names of fields, seconds in the session's report. */
export interface ReportSwitches {
	/** The docs say POST, the vendor's client sends GET. */
	reportMethod: 'POST' | 'GET' | 'both';
	/** Assumed: the answer to the other method. `page`: an HTML page with 404, without a code. */
	reportOtherMethod: 405 | 'page';
	/**
	 * Assumed: a report before the session is finished. `code31`: 404 with the documented code.
	 * `zeros`: a report in which nothing happened. `soFar`: the real one, without a date of finish.
	 */
	reportNotReady: 'code31' | 'noContent' | 'emptyBody' | 'zeros' | 'soFar';
	/** Assumed: so many requests for a report after the finish are still answered as not ready. */
	reportLag: number;
	/** Documented: `NONE`, or what went wrong while the session was packed. */
	reportErrorCode: string;
	/** Assumed: `text`: 200 with words instead of JSON. `noPeople`: no `user_stats` in it. */
	reportBody: 'json' | 'text' | 'noPeople';
	/** Documented: a finish changes the session's `duration`. Assumed: or it leaves it alone. */
	durationOnFinish: 'actual' | 'planned';
	/** A test's own changes to a report before it is sent. */
	editReport: (report: JsonObject) => Json;
	/** Assumed: a list, or an object with attendance codes or email addresses as its keys. */
	userStats: 'list' | 'byCode' | 'byEmail';
	/** Documented (v1): `user_id`. Inferred: `user_guid` in v2. */
	reportUserKey: 'user_id' | 'user_guid';
	/** Assumed: the unit of one person's durations, which isn't stated. */
	liveUnit: 'seconds' | 'minutes';
	/** Assumed: whether attendees who never came are in the report, with zeros. */
	reportAbsent: 'missing' | 'zeros';
	/** Assumed: what the report knows of guests (attendees who are no users). */
	reportGuests: 'whole' | 'withoutCode' | 'withoutEmail';
	/** Assumed: an entry for each person, or for each of their visits (not in an object). */
	reportEntries: 'perPerson' | 'perVisit';
}

export function reportDefaults(): ReportSwitches {
	return {
		reportMethod: 'POST',
		reportOtherMethod: 405,
		reportNotReady: 'code31',
		reportLag: 0,
		reportErrorCode: 'NONE',
		reportBody: 'json',
		durationOnFinish: 'actual',
		editReport: (report) => report,
		userStats: 'list',
		reportUserKey: 'user_id',
		liveUnit: 'seconds',
		reportAbsent: 'missing',
		reportGuests: 'whole',
		reportEntries: 'perPerson',
	};
}
