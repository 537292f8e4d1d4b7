import { memoize } from '../values/collections';
import type { ValueType } from '../values/convert';
import { anyCase } from '../values/text';

/** One field of a resource: mapper, auto-mapping, checks and request all read its row. */
export interface Field extends Omit<ValueType, 'kind'> {
	/** Path in the request; also the id in the mapper. */
	id: string;
	/** What the person reads, in the editor and in messages. */
	label: string;
	/** A start has a day and a time, which may stand in a field of its own. */
	kind: ValueType['kind'] | 'start' | 'time' | 'end' | 'reference';
	/** Shown in a new node's mapper; the others can be added there. */
	visible?: true;
	/** A create cannot do without it. */
	required?: true;
	/** The operation that has no use for it. */
	hiddenFor?: 'create';
	/** Answers of the API merely repeat another field here, so it is not taken from one that is fed in again. */
	echo?: true;
	/** Column headings, beside id and label, that automatic mapping takes for this field. */
	aliases?: readonly string[];
	/** The one of its aliases that names a time of day, where the day is in a column of its own. */
	timeHeading?: string;
	/** Its id is a general heading (`name`): any heading that says more about the field wins. */
	general?: true;
	/** It stands for something else in the request, and is never sent under its own name. */
	isVirtual?: true;
	/** That it stands in an item without a value is noted: it makes a difference. */
	reportIfEmpty?: true;
	/** Items show it from a response; 'simple': also with Simplify. */
	view?: 'simple' | 'full';
	/** The field behind which an answer shows it, where that is not its place in the catalogue. */
	shownBehind?: string;
}

/** What an item says, by field id; values as they came. */
export type FieldRecord = Record<string, unknown>;

/** The keys of one object, in order; under a key that holds an object, the keys of that one. */
export type Order = Map<string, Order>;

/** A key that names a field. */
export interface Naming {
	field: string;
	rank: number;
}

/** How a key names a field; the lowest wins. A general heading comes last: its ranks begin at GENERAL. */
export const RANK = { ID: 0, LABEL: 1, SPELLING: 2, ALIAS: 3, MISPLACED: 4, GENERAL: 5 } as const;

/** The fields of a resource, and what follows from them; worked out once. */
export interface Catalogue<Row extends Field = Field> {
	/** What one of them is called, in messages and as a key of items. */
	noun: string;
	fields: readonly Row[];
	/** The objects that hold fields, outer ones first: `options`, `options.chat`. */
	groups: readonly string[];
	/** What something new cannot do without. */
	required: readonly Row[];
	/** Top-level keys of an answer in the order in which an item shows them: all, and with Simplify. */
	viewKeys: readonly string[];
	simpleKeys: readonly string[];
	/** Top-level keys under which an answer has plain values. */
	plainKeys: ReadonlySet<string>;
	order: Order;
	/** Whether an item is the API's view, not a person's own. */
	isAnswer: (json: Record<string, unknown>) => boolean;
	/** Whether an item is about another resource of this node: general headings (`name`) aren't for this one. */
	isOther: (json: Record<string, unknown>) => boolean;
	byId: (id: string) => Row | undefined;
	/** The label of a field that the code names itself. */
	labelOf: (id: string) => string;
	/** The field that a key of an item names for automatic mapping, or undefined: such a key is ignored. */
	namedBy: (key: string) => Naming | undefined;
	/** The group that a key names, by its path or its last part, in any case. */
	groupNamedBy: (key: string) => string | undefined;
	/** The setting that a key of a group names, by the last part of its id, its label or an alias. */
	settingNamedBy: (key: string) => string | undefined;
}

const LONGEST_KEY = 100;
const CACHED_KEYS = 1000;

/** 'Start Date', 'startDate' and 'start_date' are one spelling; so is 'START TİME', as Turkish writes capitals. */
export const spelling = (key: string): string =>
	anyCase(key.normalize('NFKC')).replace(/[^\p{L}\p{N}]/gu, '');

/** Whether a key holds the time of a field whose day is in another column: 'End Time' beside 'End Date'. */
export const isTimeHeading = (key: string, { timeHeading }: Pick<Field, 'timeHeading'> = {}) =>
	timeHeading !== undefined && spelling(key) === spelling(timeHeading);

const lastPart = (path: string) => path.slice(path.lastIndexOf('.') + 1);

/** What keys are looked up in, by spelling: the first to take a name has it. */
class Names<Target> {
	private readonly targets = new Map<string, Target>();

	/** The items of a run have the same keys as a rule. */
	readonly find = memoize(
		(key: string) => (key.length > LONGEST_KEY ? undefined : this.targets.get(spelling(key))),
		CACHED_KEYS,
	);

	note(name: string, target: Target): void {
		const spelled = spelling(name);
		if (!this.targets.has(spelled)) this.targets.set(spelled, target);
	}
}

/** What answers have beside the fields: when it was made, how it stands. */
export interface ViewKeys {
	simple: readonly string[];
	full: readonly string[];
	/** Plain values that no item shows. */
	hidden?: readonly string[];
}

function orderOf(fields: readonly Field[]): Order {
	const order: Order = new Map();
	for (const { id } of fields) {
		let at = order;
		for (const key of id.split('.')) {
			const below: Order = at.get(key) ?? new Map();
			at.set(key, below);
			at = below;
		}
	}
	return order;
}

/** The fields that an answer shows, in order. */
function shownOf(fields: readonly Field[], wanted: Field['view']): string[] {
	const rows = fields.filter(({ view }) => view === wanted);
	return rows
		.filter(({ shownBehind }) => shownBehind === undefined)
		.flatMap(({ id }) => [
			id,
			...rows.filter(({ shownBehind }) => shownBehind === id).map((row) => row.id),
		]);
}

export function catalogueOf<Row extends Field>(
	noun: string,
	fields: readonly Row[],
	isAnswer: Catalogue['isAnswer'],
	rest: ViewKeys,
	isOther: Catalogue['isOther'] = () => false,
): Catalogue<Row> {
	const byId = new Map(fields.map((field) => [field.id, field]));
	const exact = new Map<string, Naming>();
	const spelled = new Names<Naming>();
	const settings = new Names<string>();
	const rankOf = ({ general, id }: Row, name: string, rank: number) =>
		general && spelling(name) === spelling(id) ? RANK.GENERAL + rank : rank;
	for (const field of fields) {
		const { id, label } = field;
		if (!exact.has(label)) exact.set(label, { field: id, rank: rankOf(field, label, RANK.LABEL) });
	}
	for (const field of fields) {
		exact.set(field.id, { field: field.id, rank: rankOf(field, field.id, RANK.ID) });
	}
	for (const field of fields) {
		for (const name of [field.id, field.label]) {
			spelled.note(name, { field: field.id, rank: rankOf(field, name, RANK.SPELLING) });
		}
	}
	for (const { id, aliases = [] } of fields) {
		for (const name of aliases) spelled.note(name, { field: id, rank: RANK.ALIAS });
	}
	for (const { id, kind, label, aliases = [] } of fields) {
		if (!id.includes('.') && kind !== 'yesNo') continue;
		for (const name of [lastPart(id), label, ...aliases]) settings.note(name, id);
		// A number could be about something else, as session_duration is.
		if (kind === 'yesNo') spelled.note(lastPart(id), { field: id, rank: RANK.MISPLACED });
	}
	const groups = fields.flatMap(({ id }) => {
		const keys = id.split('.').slice(0, -1);
		return keys.map((_, index) => keys.slice(0, index + 1).join('.'));
	});
	const groupNames = new Names<string>();
	for (const group of groups) groupNames.note(group, group);
	const simpleKeys = [...shownOf(fields, 'simple'), ...rest.simple];
	const viewKeys = [...simpleKeys, ...shownOf(fields, 'full'), ...rest.full];
	return {
		noun,
		fields,
		groups: [...new Set(groups)],
		required: fields.filter(({ required }) => required),
		simpleKeys,
		viewKeys,
		plainKeys: new Set(
			[...fields.map(({ id }) => id), ...viewKeys, ...(rest.hidden ?? [])].filter(
				(key) => !key.includes('.') && !groups.includes(key),
			),
		),
		order: orderOf(fields),
		isAnswer,
		isOther,
		byId: (id) => byId.get(id),
		labelOf: (id) => byId.get(id)?.label ?? id,
		namedBy: (key) => exact.get(key) ?? spelled.find(key),
		groupNamedBy: groupNames.find,
		settingNamedBy: settings.find,
	};
}
