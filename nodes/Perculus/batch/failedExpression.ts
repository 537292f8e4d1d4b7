/**
 * Stands in a record for the value of an expression that failed. That is an issue of its item already. On the item it
 * becomes an object, which no field takes, so that the field is not passed over when the item comes back.
 */
export class FailedExpression {
	constructor(readonly expression: string) {}
}

export const isFailed = (value: unknown): boolean => value instanceof FailedExpression;
