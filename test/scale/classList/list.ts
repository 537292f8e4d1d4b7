const SESSIONS = 50;
const PEOPLE_PER_SESSION = 20;

/** How many people there are on the list. */
export const PEOPLE = SESSIONS * PEOPLE_PER_SESSION;

/** The list comes in so many calls at once, each with people of every session. */
export const CALLS = 4;

/** What becomes of a person, and why; `there` is in the session from before. */
export type Fate = 'new' | 'there' | 'invalid' | 'refused' | 'stranded';

/** The reason with which a person is rejected; none for those that are saved. */
export const REASONS: Record<Fate, string | undefined> = {
	new: undefined,
	there: undefined,
	invalid: 'validation_error',
	refused: 'user_mail_conflict',
	stranded: 'session_not_found',
};

/** One row of the list. */
export interface Listed {
	call: number;
	/** Index of the row in its call. */
	index: number;
	fate: Fate;
	course: string;
	email: string;
	row: Record<string, unknown>;
}

/** The references of all sessions. */
export const COURSES = Array.from({ length: SESSIONS }, (_, index) => referenceOf(index + 1));

function referenceOf(course: number): string {
	return `course-${course}`;
}

function fateOf(place: number, course: number): Fate {
	if (place === 3) return 'there';
	if (place === 7) return 'invalid';
	if (place === 11) return 'refused';
	return place === 15 && course % 10 === 0 ? 'stranded' : 'new';
}

/** The list, dealt to the calls person by person, so that all of them meet in every session. */
export function classList(firstCall: number): Listed[][] {
	const calls = Array.from({ length: CALLS }, (): Listed[] => []);
	for (let course = 1; course <= SESSIONS; course++) {
		for (let place = 0; place < PEOPLE_PER_SESSION; place++) {
			const at = (course + place) % CALLS;
			const list = calls[at] ?? [];
			const fate = fateOf(place, course);
			const reference = fate === 'stranded' ? `${referenceOf(course)}-gone` : referenceOf(course);
			const email = `pupil-${course}-${place}@${fate === 'invalid' ? '' : 'school.example'}`;
			const row = {
				Course: reference,
				'First Name': `Pupil ${place}`,
				'Last Name': `Of ${course}`,
				Email: email,
			};
			list.push({
				call: firstCall + at,
				index: list.length,
				fate,
				course: reference,
				email,
				row,
			});
		}
	}
	return calls;
}
