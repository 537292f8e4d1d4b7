import type { IDataObject } from 'n8n-workflow';

/** What one side tells of itself, by path: a value, or null where it tells that there is none. */
export type ComparableValues = ReadonlyMap<string, string | null>;

/** A result as it is compared. */
export interface Answered {
	/** Empty where the result tells nothing. */
	readonly model: IDataObject;
	readonly isApproved: boolean;
}

/** A key by which a result is known to be an item's, whatever else it tells. */
export interface ExactKey<Draft> {
	/** The item's; undefined where it has none. */
	sent(draft: Draft): string | undefined;
	/** The result's; undefined where it tells none. */
	got(model: IDataObject): string | undefined;
	/** An item that has it is known by it alone, never by what else it tells: what exists has its identity. */
	isIdentity: boolean;
}

/** How the results of one answer are to be read. */
export interface AnswerReading<Draft> {
	/** All that a result tells. */
	values(result: Answered): ComparableValues;
	/** What most often tells items of one name apart, such as their start. */
	sentPart(draft: Draft): string;
	/** The same of a result; undefined where this answer does not tell it in the plain way. */
	gotPart(result: Answered): string | undefined;
}

/**
 * What a resource gives so that the results of a batch can be paired with its items: batch and match read neither
 * drafts nor models but through this.
 */
export interface MatchRules<Draft> {
	/** The surest first. */
	readonly exactKeys: ReadonlyArray<ExactKey<Draft>>;
	/** The name that was sent; undefined where there is none. */
	sentName(draft: Draft): string | undefined;
	/** The name that came back, as it stands there; undefined where none is told. */
	gotName(model: IDataObject): string | undefined;
	/** All that an item tells, by the paths of `AnswerReading.values`. */
	sentValues(draft: Draft): ComparableValues;
	/** Finds out how an answer writes its values, from all of its results together. */
	readAnswer(drafts: readonly Draft[], results: readonly Answered[]): AnswerReading<Draft>;
	/** Whether a result that is called otherwise, and that nothing else is left for, can be this item's. */
	mayBeRenamed(draft: Draft, model: IDataObject): boolean;
}
