/** What kind of value a field takes; decides how it is shown in the mapper, converted and checked. */
export type FieldKind =
	| 'guid'
	| 'reference'
	| 'text'
	| 'email'
	| 'role'
	| 'start'
	| 'time'
	| 'zone'
	| 'language'
	| 'tags'
	| 'url'
	| 'yesNo'
	| 'wholeNumber';

/** One row of a resource's catalogue: everything that needs to know of a field reads its row. */
export interface Field {
	/** Path in the request; also the id in the mapper. */
	id: string;
	/** What the person reads, in the editor and in messages. */
	label: string;
	kind: FieldKind;
	/** Shown in a new node's mapper; the others can be added there. */
	visible?: true;
	/** What is new cannot do without it. */
	required?: true;
	/** Inclusive bounds of a whole number, and what it counts. */
	range?: { min: number; max: number; unit: 'minutes' };
	/** What the mapper offers, and what is sent for it. */
	choices?: ReadonlyArray<{ name: string; value: string }>;
	/** Column headings, beside id and label, that auto-mapping takes for this field. */
	aliases?: readonly string[];
	/** Ours: it stands for something else in the request, and is never sent under its own name. */
	ours?: true;
	/** Answers repeat it, so that it tells a result's item. */
	echoed?: true;
	/** Answers have it, and hold a plain value there; `simple`: Simplify keeps it. */
	view?: 'simple' | 'full';
}

/** The fields of a resource, in the order in which people read them, and what follows from them. */
export class Catalogue {
	/** The objects that hold nested fields, outer ones first: `options`, `options.chat`. */
	readonly groups: readonly string[];
	readonly required: readonly Field[];
	/** Keys of a top-level field in an answer, in order. */
	readonly viewKeys: readonly string[];
	readonly simpleKeys: readonly string[];
	private readonly byId: ReadonlyMap<string, Field>;
	private readonly places: ReadonlyMap<string, number>;

	/** @param extraViewKeys what answers have beside the fields: status, dates */
	constructor(
		readonly fields: readonly Field[],
		extraViewKeys: { simple: readonly string[]; full: readonly string[] } = { simple: [], full: [] },
	) {
		this.byId = new Map(fields.map((field) => [field.id, field]));
		this.places = new Map(fields.map(({ id }, place) => [id, place]));
		this.groups = [
			...new Set(
				fields.flatMap(({ id }) => {
					const keys = id.split('.').slice(0, -1);
					return keys.map((_, index) => keys.slice(0, index + 1).join('.'));
				}),
			),
		];
		this.required = fields.filter(({ required }) => required);
		const shown = fields.filter(({ view }) => view !== undefined).map(({ id }) => id);
		const simple = fields.filter(({ view }) => view === 'simple').map(({ id }) => id);
		this.simpleKeys = [...simple, ...extraViewKeys.simple];
		this.viewKeys = [...shown, ...extraViewKeys.simple, ...extraViewKeys.full];
	}

	/** The field with this id, if there is one. */
	get(id: string): Field | undefined {
		return this.byId.get(id);
	}

	/** The label of a field that the code names itself. */
	label(id: string): string {
		return this.byId.get(id)?.label ?? id;
	}

	/** Where a field stands; what is no field comes last. */
	place(id: string): number {
		return this.places.get(id) ?? this.fields.length;
	}
}
