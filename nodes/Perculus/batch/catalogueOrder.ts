import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../values/isObject';
import type { Order } from './read/catalogue';

/** An item in input form with its keys in the order of the catalogue, what the catalogue lacks behind them. */
export function inOrder(input: IDataObject, order: Order): IDataObject {
	const ordered: IDataObject = {};
	for (const [key, below] of order) {
		if (!(key in input)) continue;
		const value = input[key];
		ordered[key] = below.size > 0 && isObject(value) ? inOrder(value as IDataObject, below) : value;
	}
	for (const key in input) if (!order.has(key)) ordered[key] = input[key];
	return ordered;
}
