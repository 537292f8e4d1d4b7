/**
 * Simulates servers that answer batches of sessions in different ways, and compares the matches with what happened.
 * Usage: tsx test/unit/batch/match.simulator.ts [runs] [seed]
 */
import type { IDataObject } from 'n8n-workflow';

import type { Result } from '../../../nodes/Perculus/batch/possiblePairs';
import { matchResults } from '../../../nodes/Perculus/batch/match';
import { SESSION_COMPARER, type SentSession } from '../../../nodes/Perculus/session/compare';
import type { RejectedResult } from '../../../nodes/Perculus/transport/body';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Hours east of UTC in winter. */
const ZONES: Record<string, number> = {
	'Europe/Istanbul': 3,
	'Europe/London': 0,
	'America/New_York': -5,
	'Asia/Kolkata': 5.5,
};

class Random {
	constructor(private state: number) {}

	/** From 0 to 1 (mulberry32). */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	}

	below = (end: number): number => Math.floor(this.next() * end);

	is = (share: number): boolean => this.next() < share;

	one = <T>(...values: readonly T[]): T => values[this.below(values.length)] as T;

	shuffle<T>(list: readonly T[]): T[] {
		const ranked = list.map((value) => [this.next(), value] as const);
		return ranked.sort(([a], [b]) => a - b).map(([, value]) => value);
	}
}

/** How a server answers. */
interface Manner {
	name: (name: string) => string;
	start: 'digits' | 'asWritten' | 'asMeant';
	/** Where descriptions and tags are shown. */
	description: 'shown' | 'refusals' | 'hidden';
	tags: 'shown' | 'hidden' | 'tidied';
	shape: 'A' | 'B' | 'null' | 'any';
	lang: string;
	guidCase: 'upper' | 'lower';
	allRefused: boolean;
	wordings: number;
	lost: number;
	strangers: number;
}

interface Fate {
	guid?: string;
	code?: number;
}

/** A result: one of the two. */
interface Entry {
	view?: IDataObject;
	refusal?: RejectedResult;
}

export interface Answer {
	drafts: SentSession[];
	fates: Fate[];
	approved: IDataObject[];
	rejected: RejectedResult[];
	/** A result was lost, and the refusal of another session is among the results. */
	isUndecidable: boolean;
	isLost: boolean[];
}

const text = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 19);
const escapeHtml = (name: string) =>
	name.replace(
		/[&<>"']/g,
		(c) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[c]};`,
	);
const escapeNet = (name: string) =>
	escapeHtml(name).replace(/[\u00a0-\u00ff]/g, (c) => `&#${c.charCodeAt(0)};`);

const TOPICS = [
	'Maths',
	'Physics',
	'R&D "Basics"',
	'Türkçe <B1>',
	'Çağdaş Şiir',
	"Ada's Café",
	'Safety',
];

/** Realistic rows; hostile ones are the same in nearly everything. */
function rowsOf(random: Random, isHostile: boolean): IDataObject[] {
	const count = 1 + random.below(random.is(0.1) ? 40 : 12);
	const kind = isHostile
		? random.one('alike', 'alike', 'hourly', 'identical', 'long')
		: random.one(
				'distinct',
				'distinct',
				'distinct',
				'weekly',
				'weekly',
				'hourly',
				'long',
				random.is(0.3) ? 'identical' : 'distinct',
			);
	const zone = random.one(...Object.keys(ZONES));
	const from = Date.UTC(2031, 0, 6 + random.below(20), 7 + random.below(4));
	const topic = random.one(...TOPICS);
	const long = `${topic}: an introduction for all who begin, with exercises and answers, part`;
	return Array.from({ length: count }, (_, i): IDataObject => {
		const row: IDataObject = { name: topic, timezone: zone, duration: 60 };
		let start = from;
		if (kind === 'distinct') {
			row.name = `${random.one(...TOPICS)} ${i}`;
			start = from + random.below(30) * DAY + random.below(8) * HOUR;
		} else if (kind === 'weekly') start = from + i * 7 * DAY;
		else if (kind === 'hourly') start = from + i * (isHostile ? random.one(1, 1, 3) : 1) * HOUR;
		else if (kind === 'long') {
			row.name = `${long} ${i}`;
			start = from + random.below(isHostile ? 3 : 20) * DAY;
		} else if (kind === 'alike') {
			row.name = random.one(topic, topic, ` ${topic}`, `${topic} 2`, `${topic}  `);
			start = from + random.below(3) * random.one(1, 3, 24) * HOUR;
			row.timezone = random.one(...Object.keys(ZONES));
			row.duration = random.one(60, 60, 90);
		}
		if (kind !== 'identical') {
			if (random.is(isHostile ? 0.5 : 0.3)) row.tags = random.one('a', 'b', 'a, b', 'evening');
			if (random.is(isHostile ? 0.5 : 0.2))
				row.description = random.one('One.', 'Two.', `No ${i}.`);
			if (random.is(isHostile ? 0.5 : 0.2)) row.lang = random.one('tr-TR', 'en-US');
			if (random.is(0.2)) row.options = { allow_rating: random.is(0.5) };
			if (random.is(0.1)) row.options = { chat: { offMessageModule: random.is(0.5) } };
			if (random.is(0.05)) row.tags = `a,ref:D-${i}`;
		}
		row.start_date = `${text(start)}Z`;
		if (random.is(0.1)) {
			const own: IDataObject = { session_guid: guidAt(random), duration: 90 };
			return random.is(0.5)
				? own
				: { ...own, name: row.name, start_date: row.start_date, timezone: zone };
		}
		return row;
	});
}

const guidAt = (random: Random) =>
	`${random
		.below(2 ** 32)
		.toString(16)
		.padStart(8, '0')}-0000-4000-8000-${random
		.below(2 ** 32)
		.toString(16)
		.padStart(12, '0')}`.toUpperCase();

function draftOf(request: IDataObject): SentSession {
	const { session_guid: guid, start_date: start, timezone } = request as Record<string, string>;
	const instant = start && Date.parse(start) - (ZONES[timezone ?? ''] ?? 0) * HOUR;
	return {
		request,
		guid: guid?.toLowerCase(),
		start: start
			? { clock: start.slice(0, 19), zone: String(timezone), instant: Number(instant) }
			: undefined,
	};
}

function mannerOf(random: Random, isHostile: boolean): Manner {
	const cut = 20 + random.below(60);
	const names: Array<(name: string) => string> = [
		(name) => name,
		(name) => name,
		(name) => name.trim(),
		(name) => name.trim().replace(/\s+/g, ' '),
		(name) => name.slice(0, cut),
		(name) => name.slice(0, cut).trim(),
		escapeHtml,
		escapeNet,
	];
	const some = (share: number) => (random.is(share) ? 1 + random.below(2) : 0);
	return {
		name: isHostile || random.is(0.3) ? random.one(...names) : (name) => name,
		start: isHostile
			? random.one('digits', 'digits', 'asWritten', 'asMeant')
			: random.is(0.9)
				? 'digits'
				: 'asMeant',
		description: random.one('shown', 'refusals', 'hidden'),
		tags: isHostile ? random.one('shown', 'shown', 'hidden', 'tidied') : 'shown',
		shape: random.one('A', 'B', 'any', isHostile ? 'null' : 'any'),
		lang: random.one('tr-TR', 'en-US'),
		guidCase: random.one('upper', 'lower'),
		allRefused: random.is(0.1),
		wordings: random.one(1, 1, 3),
		lost: some(isHostile ? 0.08 : 0.02),
		strangers: some(isHostile ? 0.04 : 0.01),
	};
}

function startIn({ request, start }: SentSession, manner: Manner, zone: string): string {
	if (!start || typeof request.start_date !== 'string') return '1970-01-01T00:00:00+00:00';
	const written = Date.parse(request.start_date);
	const offset = ZONES[zone] ?? 0;
	const sign = `${offset < 0 ? '-' : '+'}${text(Math.abs(offset) * HOUR).slice(11, 16)}`;
	if (manner.start === 'asMeant') return `${text(start.instant ?? 0)}Z`;
	return text(written + (manner.start === 'asWritten' ? offset * HOUR : 0)) + sign;
}

const tagsIn = (tags: unknown, { tags: manner }: Manner) =>
	manner === 'hidden'
		? null
		: manner === 'tidied' && typeof tags === 'string'
			? tags.replace(/ /g, '')
			: (tags ?? null);

function viewOf(draft: SentSession, guid: string, manner: Manner): IDataObject {
	const { request } = draft;
	const timezone = String(request.timezone ?? 'Europe/Istanbul');
	return {
		session_guid: guid,
		name: manner.name(String(request.name ?? 'Stored')),
		description: manner.description === 'shown' ? (request.description ?? null) : null,
		tags: tagsIn(request.tags, manner),
		start_date: startIn(draft, manner, timezone),
		timezone,
		duration: request.duration ?? 60,
		lang: request.lang ?? manner.lang,
		status: 1,
		options: {
			allow_rating: true,
			chat: { offMessageModule: false },
			...(request.options as IDataObject),
		},
	} as IDataObject;
}

function refusedModel(draft: SentSession, manner: Manner, random: Random): IDataObject | null {
	const { request } = draft;
	const shape = manner.shape === 'any' ? random.one('A', 'B') : manner.shape;
	if (shape === 'null') return null;
	const view = viewOf(draft, '', manner);
	const model = {
		...view,
		description: manner.description === 'hidden' ? null : (request.description ?? null),
		name: request.name === undefined ? null : view.name,
	};
	if (shape === 'A') {
		const start_date = String(request.start_date ?? '1970-01-01T00:00:00Z').replace('Z', '+00:00');
		const options = request.options
			? { allow_rating: null, chat: null, ...(request.options as IDataObject) }
			: null;
		return {
			...model,
			session_guid: request.session_guid ?? null,
			name: request.name ?? null,
			start_date,
			lang: request.lang ?? null,
			options,
		} as IDataObject;
	}
	const { chat, ...options } = view.options as IDataObject;
	const Chat = Object.fromEntries(
		Object.entries(chat as IDataObject).map(([key, value]) => [
			key[0]?.toUpperCase() + key.slice(1),
			value,
		]),
	);
	const { session_guid: _, options: __, ...entity } = model as IDataObject;
	const the_guid =
		request.session_guid ??
		random.one(null, '00000000-0000-0000-0000-000000000000', guidAt(random));
	return {
		...entity,
		the_guid,
		lang: request.lang ?? 'en-US',
		ui_options: JSON.stringify({ ...options, Chat }),
	} as IDataObject;
}

/** A result of no item: another session, the same name on another day, or a refusal of either or without a model. */
function strangerTo(drafts: readonly SentSession[], manner: Manner, random: Random): Entry {
	const { request } = random.one(...drafts);
	const name = random.is(0.5) ? request.name : 'Somebody else’s session';
	const day = random.below(300);
	const start_date = `${text(Date.UTC(2033, 0, 1 + day, 6 + random.below(10)))}Z`;
	const draft = draftOf({
		...request,
		session_guid: undefined,
		name,
		start_date,
		tags: undefined,
	} as IDataObject);
	const kind = random.one('approved', 'refused', 'nameless');
	const view = viewOf(draft, guidAt(random), manner);
	if (kind === 'approved') return { view };
	const model = kind === 'nameless' ? null : refusedModel(draft, manner, random);
	return { refusal: { model, code: 12, details: ['No 0.'] } };
}

export function answerOf(random: Random, isHostile: boolean): Answer {
	const manner = mannerOf(random, isHostile);
	const drafts = rowsOf(random, isHostile).map((row) => draftOf(row));
	const refusals = manner.allRefused ? 1 : random.one(0, 0.1, 0.3);
	const fates = drafts.map(({ request }): Fate =>
		random.is(refusals)
			? { code: 12 + random.below(manner.wordings) }
			: { guid: String(request.session_guid ?? guidAt(random)) },
	);
	const isLost = drafts.map(() => false);
	for (let i = 0; i < manner.lost; i++) isLost[random.below(drafts.length)] = true;
	const own = drafts.flatMap((draft, i): Entry[] => {
		const { guid, code } = fates[i] as Fate;
		if (isLost[i]) return [];
		if (guid !== undefined)
			return [
				{ view: viewOf(draft, manner.guidCase === 'upper' ? guid : guid.toLowerCase(), manner) },
			];
		return [
			{
				refusal: {
					model: refusedModel(draft, manner, random),
					code: code ?? 0,
					details: [`No ${code}.`],
				},
			},
		];
	});
	const strangers = Array.from({ length: manner.strangers }, () =>
		strangerTo(drafts, manner, random),
	);
	const all = random.shuffle([...own, ...strangers]);
	return {
		drafts,
		fates,
		isLost,
		approved: all.flatMap(({ view }) => (view ? [view] : [])),
		rejected: all.flatMap(({ refusal }) => (refusal ? [refusal] : [])),
		isUndecidable: own.length < drafts.length && strangers.some(({ refusal }) => refusal),
	};
}

export const VERDICTS = [
	'right',
	'marked',
	'unknown',
	'wrongGuid',
	'wrongFate',
	'undecidable',
] as const;
export type Verdict = (typeof VERDICTS)[number];
export type Tally = Record<Verdict, number> & {
	items: number;
	markedWrong: number;
	unknownNotLost: number;
};

function isRight(
	{ drafts, fates }: Answer,
	place: number,
	result: Result,
): 'right' | 'wrongGuid' | 'wrongFate' {
	const fate = fates[place] as Fate;
	if ((result.kind === 'approved') !== (fate.guid !== undefined)) return 'wrongFate';
	if (result.kind === 'rejected') return result.code === fate.code ? 'right' : 'wrongFate';
	const sent = JSON.stringify(drafts[place]?.request);
	const guid = String(result.view.session_guid).toUpperCase();
	const owner = fates.findIndex((one) => one.guid?.toUpperCase() === guid);
	// Identical items may get either result.
	return owner >= 0 && JSON.stringify(drafts[owner]?.request) === sent ? 'right' : 'wrongGuid';
}

/** Simulates responses and counts the verdicts on their items; calls `report` for each wrong one. */
export function simulate(
	runs: number,
	seed: number,
	isHostile: boolean,
	report?: (answer: Answer, place: number, result: Result) => void,
): Tally {
	const random = new Random(seed);
	const tally: Tally = {
		items: 0,
		right: 0,
		marked: 0,
		unknown: 0,
		wrongGuid: 0,
		wrongFate: 0,
		undecidable: 0,
		markedWrong: 0,
		unknownNotLost: 0,
	};
	for (let run = 0; run < runs; run++) {
		const answer = answerOf(random, isHostile);
		const { results } = matchResults(
			answer.drafts,
			answer.approved,
			answer.rejected,
			SESSION_COMPARER,
		);
		for (const [place, result] of results.entries()) {
			tally.items++;
			if (!result) {
				tally.unknown++;
				if (!answer.isLost[place]) tally.unknownNotLost++;
				continue;
			}
			const verdict = isRight(answer, place, result);
			if (result.mark !== undefined) {
				tally.marked++;
				if (verdict !== 'right') tally.markedWrong++;
			} else if (verdict === 'wrongFate' && answer.isUndecidable) tally.undecidable++;
			else tally[verdict]++;
			if (result.mark === undefined && verdict !== 'right') report?.(answer, place, result);
		}
	}
	return tally;
}

function print(runs: number, seed: number): void {
	for (const isHostile of [false, true]) {
		const tally = simulate(runs, seed, isHostile, ({ drafts, ...answer }, place, result) => {
			const requests = drafts.map(({ request }) => request);
			if (process.argv.includes('--show'))
				console.log(JSON.stringify({ place, result, requests, ...answer }));
		});
		console.log(`${isHostile ? 'hostile' : 'as in life'}: ${tally.items} items`);
		for (const [key, count] of Object.entries(tally))
			console.log(
				`${key.padStart(16)} ${String(count).padStart(9)} ${((100 * count) / tally.items).toFixed(4).padStart(9)} %`,
			);
	}
}

if (require.main === module) print(Number(process.argv[2] ?? 20_000), Number(process.argv[3] ?? 1));
