import { readFileSync } from 'fs';
import { join } from 'path';

import type { IDataObject } from 'n8n-workflow';

import { buildAttendee } from '../../../nodes/Perculus/attendee/build';
import { ATTENDEE_CATALOGUE, ATTENDEE_FIELDS } from '../../../nodes/Perculus/attendee/fields';
import { autoMap } from '../../../nodes/Perculus/batch/autoMap';
import { isDraft } from '../../../nodes/Perculus/batch/types';
import { agentValue } from '../../../nodes/Perculus/batch/parameter';
import { buildSession } from '../../../nodes/Perculus/session/build';
import { SESSION_CATALOGUE, SESSION_FIELDS } from '../../../nodes/Perculus/session/fields';
import { isEmpty } from '../../../nodes/Perculus/values/convert';
import { dateFormat } from '../../../nodes/Perculus/values/dates/dateFormat';

/** A row of the table: the fields, what an item may have for them, and what Perculus gets. */
interface Row {
	fields: string[];
	examples: string[];
	sent: IDataObject;
	format: string | undefined;
	isAgent: boolean;
}

const codeIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

function readTable(): Row[] {
	const text = readFileSync(join(__dirname, '../../../docs/fields-and-options.md'), 'utf8');
	const [, section = ''] = text.split('\n## Conversions\n');
	return section
		.slice(0, section.indexOf('\n## '))
		.split('\n')
		.filter((line) => line.startsWith('|') && line.includes('`'))
		.map((line) => {
			const [what = '', given = '', sent = ''] = line.slice(1, -1).split(' | ');
			const [fields = '', format] = codeIn(what);
			return {
				fields: fields.split(' + '),
				format,
				isAgent: what.includes('AI agent'),
				examples: codeIn(given),
				sent: JSON.parse(`{${codeIn(sent)[0] ?? ''}}`) as IDataObject,
			};
		});
}

const ROWS = readTable();
const GOOD = { name: 'CS201', start_date: '2030-08-05 12:00', duration: 60 };
const SENT = {
	name: 'CS201',
	start_date: '2030-08-05T12:00:00Z',
	duration: 60,
	timezone: 'Europe/Istanbul',
};
const PERSON = { email: 'ada@school.example', name: 'Ada', surname: 'Byron' };
const isOfAttendee = (field = '') => field in PERSON_FIELDS;
const PERSON_FIELDS = Object.fromEntries(
	ATTENDEE_FIELDS.filter(({ id }) => !SESSION_CATALOGUE.byId(id)).map(({ id }) => [id, true]),
);

/** What the code sends for an item in a workflow of Europe/Istanbul. */
function sentFor(item: IDataObject, { fields: [field], format, isAgent }: Row): IDataObject {
	const json = isAgent ? (agentValue(item) as IDataObject) : item;
	const catalogue = isOfAttendee(field) ? ATTENDEE_CATALOGUE : SESSION_CATALOGUE;
	const input = { ...autoMap(json, catalogue, { isTool: false }), index: 0, json };
	const kind = isEmpty(json.session_guid) ? 'new' : 'existing';
	const built = isOfAttendee(field)
		? buildAttendee(input, { path: '/', beside: {}, joinUrl: { value: undefined }, issues: [] })
		: buildSession(
				input,
				{ subject: { kind } },
				{
					operation: 'upsert',
					workflowZone: 'Europe/Istanbul',
					// For an update, which would send no zone otherwise.
					defaultZone: kind === 'existing' ? { value: 'Europe/Istanbul' } : undefined,
					dateFormat: dateFormat(format),
					startDateEncoding: 'wallClock',
					now: Date.UTC(2030, 0, 1),
				},
			);
	if (!isDraft(built)) throw new Error(built.refused.details.join('; '));
	return built.request;
}

/** An item with valid values in all other fields. */
function itemWith({ fields }: Row, example: string): IDataObject {
	const values = example.split(' + ').map((value) => JSON.parse(value) as IDataObject[string]);
	const given = Object.fromEntries(fields.map((field, index) => [field, values[index]]));
	if (isOfAttendee(fields[0])) return { ...PERSON, ...given };
	const { duration, start_date, ...rest } = GOOD;
	const isStart = fields.some((field) => field.startsWith('start'));
	return {
		...rest,
		...(!isStart && { start_date }),
		...(!fields.includes('end_date') && { duration }),
		...given,
	};
}

const CASES = ROWS.flatMap((row) =>
	row.examples.map((example) => [row.fields.join(' + '), example, row] as const),
);

describe('Table of conversions in the docs', () => {
	it.each(CASES)('the table shows what is sent for %s: %s', (_fields, example, row) => {
		const base = isOfAttendee(row.fields[0]) ? PERSON : SENT;
		expect(sentFor(itemWith(row, example), row)).toEqual({ ...base, ...row.sent });
	});

	it('the table has examples for each kind of field', () => {
		const shown = new Set(ROWS.flatMap(({ fields }) => fields));
		const kindOf = (id: string) =>
			(SESSION_CATALOGUE.byId(id) ?? ATTENDEE_CATALOGUE.byId(id))?.kind;
		const kinds = new Set([...shown].map(kindOf));
		for (const { kind } of [...SESSION_FIELDS, ...ATTENDEE_FIELDS]) expect(kinds).toContain(kind);
		expect(CASES.length).toBeGreaterThan(80);
	});
});
