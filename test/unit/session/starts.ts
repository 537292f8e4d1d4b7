import { readStart, type StartInput } from '../../../nodes/Perculus/session/start';

const LABELS = { date: 'Start Date', time: 'Start Time', zone: 'Time Zone' };
const BASE: Omit<StartInput, 'date'> = {
	time: undefined,
	labels: LABELS,
	zone: undefined,
	workflowZone: 'America/New_York',
	isUpdate: false,
};
/** A start in the workflow's zone, of a new session, unless `more` says otherwise. */
export const start = (date: unknown, more: Partial<StartInput> = {}) =>
	readStart({ ...BASE, date, ...more });

/** Why it was rejected; '' if it was accepted. */
export const issueOf = (reading: object) => ('issue' in reading ? String(reading.issue) : '');
