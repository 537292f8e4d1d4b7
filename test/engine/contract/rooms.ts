import type { IDataObject } from 'n8n-workflow';

import { inOrder } from '../../../nodes/Perculus/batch/build/catalogueOrder';
import {
	convertValues,
	requireValues,
	tellUnused,
	type Values,
} from '../../../nodes/Perculus/batch/build/values';
import type {
	BatchOperation,
	Built,
	Draft,
	ReadItem,
} from '../../../nodes/Perculus/batch/contract';
import type { MatchRules } from '../../../nodes/Perculus/batch/match/matchRules';
import { invalid } from '../../../nodes/Perculus/batch/output/outcome';
import { catalogueOf, type Field } from '../../../nodes/Perculus/batch/read/catalogue';

/** A resource that the node does not have: rooms with a number, saved in one request for each building. */
interface RoomDraft extends Draft {
	building: string;
	number: string;
	/** An order of cleaning is not to be given twice. */
	isCleaned: boolean;
}

const FIELDS: Field[] = [
	{ id: 'building', label: 'Building', kind: 'text', required: true, ours: true },
	{ id: 'number', label: 'Room Number', kind: 'text', required: true, view: 'simple' },
	{ id: 'projector', label: 'Projector', kind: 'yesNo', view: 'simple' },
	{ id: 'cleaning', label: 'Cleaning', kind: 'yesNo' },
];
const CATALOGUE = catalogueOf('room', FIELDS, () => false, { simple: ['floor'], full: [] });

const numberOf = ({ number }: IDataObject) => (typeof number === 'string' ? number : undefined);

function build({ index, record, issues, unused }: ReadItem): Built<RoomDraft> {
	const values: Values = { request: {}, bad: undefined, issues: [...issues] };
	convertValues(record, CATALOGUE, values);
	requireValues(record, CATALOGUE, values);
	const input = inOrder({ ...values.request, ...values.bad } as IDataObject, CATALOGUE.order);
	if (values.issues.length > 0) {
		tellUnused(values, unused);
		return { index, input, refused: invalid(values.issues) };
	}
	const { building, ...request } = values.request;
	return {
		index,
		request,
		building: String(building),
		number: String(request.number),
		isCleaned: request.cleaning === true,
		warnings: [],
	};
}

const RULES: MatchRules<RoomDraft> = {
	exactKeys: [{ sent: ({ number }) => number, got: numberOf, isIdentity: true }],
	sentName: () => undefined,
	gotName: () => undefined,
	sentValues: () => new Map(),
	readAnswer: () => ({ values: () => new Map(), sentPart: () => '', gotPart: () => undefined }),
	mayBeRenamed: () => false,
};

export const ROOM_WRITES: BatchOperation<RoomDraft> = {
	noun: { one: 'room', many: 'rooms' },
	perItemOptions: [],
	open: () => ({
		noun: ROOM_WRITES.noun,
		catalogue: CATALOGUE,
		resolve: async (items) => ({ each: items.map(() => ({ subject: { kind: 'existing' } })) }),
		build,
		toInput: ({ request, building }) => inOrder({ building, ...request }, CATALOGUE.order),
		endpoint: ({ building }) => `/building/${building}/room`,
		keys: ({ number }) => [number],
		keyIssue: ({ number }, item) => `Room ${number} is that of [item ${item}], too`,
		isRepeatable: ({ isCleaned }) => !isCleaned,
		isSafeToRunAgain: ({ isCleaned }) => !isCleaned,
		matchRules: RULES,
		show: (item, view) => {
			for (const key of CATALOGUE.simpleKeys) if (key in view) item[key] = view[key];
		},
		check: () => [],
		outcomeOf: (_, isDryRun) => (isDryRun ? 'would_save' : 'saved'),
		identity: { key: 'number', words: 'a room number', of: numberOf },
	}),
};
