import type { Json } from './json';

export type Language = 'en' | 'tr';

/** Documented: the first two English texts and that of `attendeeNotFound`. Assumed: all others; the API's real ones are unknown. */
const TEXTS = {
	startInPast: {
		en: 'Invalid session start date.',
		tr: 'Geçersiz oturum başlangıç tarihi.',
	},
	sessionNotFound: { en: 'session_not_found', tr: 'Oturum bulunamadı.' },
	licenseLimit: { en: 'session_license_limit_exceed', tr: 'Oturum lisans sınırı aşıldı.' },
	nameMissing: { en: 'Session name is required.', tr: 'Oturum adı zorunludur.' },
	nameTooLong: { en: 'Session name is too long.', tr: 'Oturum adı çok uzun.' },
	startMissing: { en: 'Session start date is required.', tr: 'Başlangıç tarihi zorunludur.' },
	durationMissing: { en: 'Session duration is required.', tr: 'Oturum süresi zorunludur.' },
	durationRange: {
		en: 'Session duration must be between 5 and 360.',
		tr: 'Oturum süresi 5 ile 360 arasında olmalıdır.',
	},
	timezoneUnknown: { en: 'Invalid timezone.', tr: 'Geçersiz saat dilimi.' },
	langUnknown: { en: 'Invalid language.', tr: 'Geçersiz dil.' },
	guidInvalid: { en: 'Invalid session guid.', tr: 'Geçersiz oturum kimliği.' },
	guidRepeated: {
		en: 'Session guid appears more than once.',
		tr: 'Oturum kimliği birden fazla kez geçiyor.',
	},
	guidMalformed: { en: 'Invalid guid.', tr: 'Geçersiz kimlik.' },
	attendeeNotFound: { en: 'Attendee not found.', tr: 'Katılımcı bulunamadı.' },
	statNotFound: { en: 'session_stat_not_found', tr: 'Oturum raporu bulunamadı.' },
	userNotFound: { en: 'user_not_found', tr: 'Kullanıcı bulunamadı.' },
	mailConflict: { en: 'user_mail_conflict', tr: 'E-posta adresi zaten kayıtlı.' },
	incompatible: { en: 'Incompatible values.', tr: 'Uyumsuz değerler.' },
	selectorMissing: {
		en: 'One of attendance_code, user_guid and email is required.',
		tr: 'attendance_code, user_guid veya email alanlarından biri zorunludur.',
	},
	attendeeNameMissing: { en: 'Attendee name is required.', tr: 'Katılımcı adı zorunludur.' },
	surnameMissing: { en: 'Attendee surname is required.', tr: 'Katılımcı soyadı zorunludur.' },
	emailInvalid: { en: 'Invalid email.', tr: 'Geçersiz e-posta adresi.' },
	roleUnknown: { en: 'Invalid role.', tr: 'Geçersiz rol.' },
	unknownField: { en: 'Unknown field.', tr: 'Bilinmeyen alan.' },
	unknownOption: { en: 'Unknown option.', tr: 'Bilinmeyen seçenek.' },
	malformed: { en: 'Invalid value.', tr: 'Geçersiz değer.' },
	bodyInvalid: { en: 'Invalid request body.', tr: 'Geçersiz istek gövdesi.' },
	pageInvalid: { en: 'Invalid page number.', tr: 'Geçersiz sayfa numarası.' },
	tooManyAttendees: { en: 'attendee_list_limit_exceed', tr: 'Katılımcı listesi sınırı aşıldı.' },
	batchTooLarge: { en: 'session_list_limit_exceed', tr: 'Oturum listesi sınırı aşıldı.' },
	unauthorized: { en: 'Unauthorized', tr: 'Yetkisiz' },
	serverError: { en: 'Server error.', tr: 'Sunucu hatası.' },
} as const;

export type TextName = keyof typeof TEXTS;

export interface Problem {
	/** Path inside the item, '' for the item as a whole. */
	field: string;
	text: TextName;
}

export function textOf(name: TextName, language: Language): string {
	return TEXTS[name][language];
}

/** Which shape `state.details` has; see the switch of the same name. */
export type DetailsShape = 'documented' | 'string' | 'array' | 'objects' | 'absent';

/**
 * Documented: a failed validation has a list of texts, a later failure a single one.
 * `undefined` means that the key is left out altogether.
 */
export function detailsOf(
	problems: readonly Problem[],
	stage: 'validation' | 'later',
	shape: DetailsShape,
	language: Language,
): Json | undefined {
	const texts = problems.map((problem) =>
		// The documented text names no field, so only the assumed ones may.
		problem.text.startsWith('unknown') || problem.text === 'malformed'
			? `${problem.field || 'item'}: ${textOf(problem.text, language)}`
			: textOf(problem.text, language),
	);
	const form = shape === 'documented' ? (stage === 'validation' ? 'array' : 'string') : shape;
	if (form === 'absent') return undefined;
	if (form === 'array') return texts;
	if (form === 'string') return texts.join(' ');
	return problems.map((problem, at) => ({
		Field: problem.field,
		Message: texts[at] ?? '',
		Key: problem.text,
		Parameters: [],
	}));
}
