import type { IDataObject } from 'n8n-workflow';

/** What a draft, or the model of a result, states. */
export interface Stated {
	/** What names it without doubt, such as 'guid …'. */
	matchKeys: readonly string[];
	/** Tidied; '' for none. */
	name: string;
	/** Of a model: what only one item can get. */
	created?: string | undefined;
}

/** How the drafts and models of one bucket compare. */
export interface Comparison<D> {
	/** A pair needs one of these in common. */
	sentStarts(draft: D): readonly string[];
	/** Undefined where no start is stated, or starts don't count. */
	returnedStarts(model: IDataObject): readonly string[] | undefined;
	/** Whether all else that both sides state is equal. */
	fits(draft: D, model: IDataObject): boolean;
}

/** What matching needs of a draft. */
export interface Sent {
	request: IDataObject;
}

/** How a resource compares what was sent with what came back; a model is empty if a result has none. */
export interface Comparer<D extends Sent> {
	sent(draft: D): Stated;
	returned(model: IDataObject): Stated;
	compare(drafts: readonly D[], models: readonly IDataObject[]): Comparison<D>;
}
