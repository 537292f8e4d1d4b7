/** What luxon's DateTime has that is needed here. */
interface DateTimeLike {
	isValid: boolean;
	/** Minutes east of UTC. */
	offset: number;
	toMillis(): number;
	toJSON(): string | null;
}

const hasMethods = (value: object, ...names: string[]) =>
	names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function');

/** n8n's luxon and ours may be two copies, so that instanceof would not do. An item's own JSON has no methods. */
export function isDateTime(value: unknown): value is DateTimeLike {
	return (
		typeof value === 'object' &&
		value !== null &&
		'isLuxonDateTime' in value &&
		hasMethods(value, 'toMillis', 'toJSON')
	);
}

/** A Date, also one of another realm: n8n evaluates expressions in a place of their own. */
export function isDate(value: unknown): value is Date {
	return (
		typeof value === 'object' &&
		value !== null &&
		Object.prototype.toString.call(value) === '[object Date]' &&
		hasMethods(value, 'getTime', 'toJSON')
	);
}

/** A Date or DateTime as ISO text, the same in every process zone; undefined for all else. */
export function dateLikeText(value: unknown): string | undefined {
	if (isDateTime(value)) return value.toJSON() ?? 'Invalid DateTime';
	return isDate(value) ? (value.toJSON() ?? 'Invalid Date') : undefined;
}
