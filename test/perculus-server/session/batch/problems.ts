import type { Switches } from '../../switches';
import type { Moment } from '../../values/clock';
import { isZone, type Start } from '../../values/startDate';
import type { Problem } from '../../values/texts';
import { unknownOptions } from '../options';
import { unknownFields, type SessionItem } from './item';

/** Everything that is wrong with an item's own values. */
export function problemsOf(
	item: SessionItem,
	creates: boolean,
	start: Start | null,
	now: Moment,
	switches: Switches,
): Problem[] {
	const problems: Problem[] = [];
	const add = (field: string, text: Problem['text']) => problems.push({ field, text });
	// Assumed: with `clear`, a required field that an update sets to null is missing.
	const cleared = (value: unknown) =>
		creates
			? value === undefined || value === null
			: value === null && switches.nullFields === 'clear';

	const { name, duration, lang, timezone } = item;
	if (cleared(name) || (typeof name === 'string' && name.trim() === '')) add('name', 'nameMissing');
	else if (name && switches.nameMax !== null && name.length > switches.nameMax)
		add('name', 'nameTooLong');
	if (cleared(item.start)) add('start_date', 'startMissing');
	if (start && start.ms < now.ms - switches.pastToleranceMs) add('start_date', 'startInPast');
	if (cleared(duration)) add('duration', 'durationMissing');
	else if (typeof duration === 'number' && (duration < 5 || duration > 360))
		add('duration', 'durationRange');
	if (typeof timezone === 'string' && !isZone(timezone)) add('timezone', 'timezoneUnknown');
	if (typeof lang === 'string' && switches.langs !== 'any' && !switches.langs.includes(lang))
		add('lang', 'langUnknown');
	if (switches.strictFieldNames) problems.push(...unknownFields(item.raw));
	if (switches.strictOptionNames && item.options)
		problems.push(...unknownOptions(item.options, switches.autoStartKey));
	return problems;
}
