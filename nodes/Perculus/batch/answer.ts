/**
 * Keys that an answer must not set: this node's own, and `error`, since n8n takes a first item with a truthy one for a
 * failed run, and with Retry On Fail sends everything again.
 */
export const NOT_THEIRS: ReadonlySet<string> = new Set([
	'error',
	'outcome',
	'recovered',
	'warnings',
	'input',
]);
