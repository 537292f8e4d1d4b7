import type { Json } from './values';

/** An answer before it is sent. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

export function jsonAnswer(status: number, body: unknown): Answer {
	const headers = { 'Content-Type': 'application/json; charset=utf-8' };
	return { status, headers, body: JSON.stringify(body) };
}

export function htmlAnswer(status: number, heading: string): Answer {
	return {
		status,
		headers: { 'Content-Type': 'text/html; charset=utf-8' },
		body: `<!DOCTYPE html><html><head><title>${heading}</title></head><body><h1>${heading}</h1></body></html>`,
	};
}

export function emptyAnswer(status: number): Answer {
	return { status, headers: {}, body: '' };
}

/** Documented: errors of a whole request are `{code, details}`. */
export function errorAnswer(
	status: number,
	code: number,
	text: TextName,
	{ language }: { language: Language },
): Answer {
	return jsonAnswer(status, { code, details: textOf(text, language) });
}

/** Inferred: 404 with the code of what isn't there. With the switch, a page without any code. */
export function notFoundAnswer(
	code: number,
	text: TextName,
	switches: { notFoundBody: 'code' | 'page'; language: Language },
): Answer {
	return switches.notFoundBody === 'page'
		? htmlAnswer(404, '404 Not Found')
		: errorAnswer(404, code, text, switches);
}

/** Assumed: how a typed server refuses a body it can't bind, without any code of the API. */
export function problemAnswer(path: string): Answer {
	return {
		status: 400,
		headers: { 'Content-Type': 'application/problem+json; charset=utf-8' },
		body: JSON.stringify({
			type: 'https://tools.ietf.org/html/rfc9110#section-15.5.1',
			title: 'One or more validation errors occurred.',
			status: 400,
			errors: { [path]: [`The JSON value could not be read. Path: ${path}.`] },
			traceId: '00-00000000000000000000000000000000-0000000000000000-00',
		}),
	};
}

export type Language = 'en' | 'tr';

/** Documented: `startInPast`, `sessionNotFound`, `attendeeNotFound`. Assumed: the rest. */
const TEXTS = {
	startInPast: 'Invalid session start date.',
	sessionNotFound: 'session_not_found',
	statNotFound: 'session_stat_not_found',
	licenseLimit: 'session_license_limit_exceed',
	nameMissing: 'Session name is required.',
	startMissing: 'Session start date is required.',
	durationMissing: 'Session duration is required.',
	durationRange: 'Session duration must be between 5 and 360.',
	timezoneUnknown: 'Invalid timezone.',
	guidMalformed: 'Invalid guid.',
	attendeeNotFound: 'Attendee not found.',
	userNotFound: 'user_not_found',
	mailConflict: 'user_mail_conflict',
	incompatible: 'Incompatible values.',
	selectorMissing: 'One of attendance_code, user_guid and email is required.',
	attendeeNameMissing: 'Attendee name is required.',
	surnameMissing: 'Attendee surname is required.',
	emailInvalid: 'Invalid email.',
	roleUnknown: 'Invalid role.',
	unknownField: 'Unknown field.',
	unknownOption: 'Unknown option.',
	malformed: 'Invalid value.',
	bodyInvalid: 'Invalid request body.',
	pageInvalid: 'Invalid page number.',
	tooManyAttendees: 'attendee_list_limit_exceed',
	batchTooLarge: 'session_list_limit_exceed',
	unauthorized: 'Unauthorized',
	serverError: 'Server error.',
} as const;

/** Documented: that Turkish texts exist. */
const TURKISH: Partial<Record<TextName, string>> = {
	startInPast: 'Geçersiz oturum başlangıç tarihi.',
	sessionNotFound: 'Oturum bulunamadı.',
	attendeeNotFound: 'Katılımcı bulunamadı.',
	unauthorized: 'Yetkisiz',
};

export type TextName = keyof typeof TEXTS;

function textOf(name: TextName, language: Language): string {
	return (language === 'tr' && TURKISH[name]) || TEXTS[name];
}

/** What is wrong with an item; `field` is a path in it, '' for the item as a whole. */
export interface Problem {
	field: string;
	text: TextName;
}

/** The shape of `state.details`; `absent` leaves the key out. */
export type DetailsShape = 'documented' | 'string' | 'array' | 'objects' | 'absent';

/** Documented: a failed validation has a list of texts, a later failure a single one. */
export function detailsOf(
	problems: readonly Problem[],
	stage: 'validation' | 'later',
	{ details: shape, language }: { details: DetailsShape; language: Language },
): Json | undefined {
	const texts = problems.map(({ field, text }) =>
		// The documented text names no field, so only the assumed ones may.
		text.startsWith('unknown') || text === 'malformed'
			? `${field || 'item'}: ${textOf(text, language)}`
			: textOf(text, language),
	);
	if (shape === 'absent') return undefined;
	if (shape === 'array' || (shape === 'documented' && stage === 'validation')) return texts;
	if (shape !== 'objects') return texts.join(' ');
	return problems.map(({ field, text }, at) => ({
		Field: field,
		Message: texts[at] ?? '',
		Key: text,
		Parameters: [],
	}));
}
