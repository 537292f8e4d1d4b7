import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../values/isObject';
import { SESSION_FIELDS } from '../../resources/session/fields';

/** The keys of one object of a session, in order; under a key that holds an object, the keys of that one. */
type Order = Map<string, Order>;

const ORDER: Order = new Map();
for (const { id } of SESSION_FIELDS) {
	let at = ORDER;
	for (const key of id.split('.')) {
		const below: Order = at.get(key) ?? new Map();
		at.set(key, below);
		at = below;
	}
}

/** A session in input form with its keys in the order of the catalogue, what the catalogue lacks behind them. */
export function inCatalogueOrder(session: IDataObject, order = ORDER): IDataObject {
	const ordered: IDataObject = {};
	for (const [key, below] of order) {
		if (!(key in session)) continue;
		const value = session[key];
		ordered[key] = below.size > 0 && isObject(value) ? inCatalogueOrder(value, below) : value;
	}
	for (const key in session) if (!order.has(key)) ordered[key] = session[key];
	return ordered;
}
