import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import {
	isBodyRefusal,
	isDocumentedAs,
	isLasting,
	isSeveral,
	isTooLarge,
	isWrongValue,
	nameOf,
} from '../../../nodes/Perculus/errors/codes';

/** The vendor's page "Error Codes": code, HTTP status, name. */
const DOCUMENTED = `
	10 500 GeneralError          36 400 SessionLicenseAlert
	11 500 ServerError           38 400 SessionListLimitExceed
	12 400 ValidationError       40 404 AttendeeNotFound
	13 400 MultipleErrors        41 400 AttendeeListLimitExceed
	14 401 Unauthorized          42 400 AttendeeLicenseLimitExceed
	15 400 IncompatibleValues    50 409 UserNameConflict
	17 401 AuthorizationError    51 409 UserMailConflict
	19 400 BadRequest            52 404 UserNotFound
	25 404 AccountNotFound       53 500 UserInvalidStatus
	30 404 SessionNotFound       60 500 FileUnsupportedTypes
	31 404 SessionStatNotFound   32 500 SessionInvalidStatus
	35 400 SessionLicenseLimitExceed`;
const ROWS = [...DOCUMENTED.matchAll(/(\d+) (\d+) (\w+)/g)].map(([, code, status, name = '']) => ({
	code: Number(code),
	status: Number(status),
	name: name.replace(/\B[A-Z]/g, '_$&').toLowerCase(),
}));
const codesThat = (is: (code: number) => boolean) =>
	ROWS.map(({ code }) => code)
		.filter(is)
		.sort((a, b) => a - b);

it('has the documented codes, with their names and statuses', () => {
	expect(ROWS).toHaveLength(23);
	for (const { code, status, name } of ROWS) {
		expect([code, nameOf(code)]).toEqual([code, name]);
		expect([code, isDocumentedAs(code, status)]).toEqual([code, true]);
		expect([code, isDocumentedAs(code, 200)]).toEqual([code, false]);
	}
});

it('tells what follows from a code', () => {
	expect(codesThat(isLasting)).toEqual([32, 53, 60]);
	expect(codesThat(isBodyRefusal)).toEqual([12, 19]);
	expect(codesThat(isTooLarge)).toEqual([38, 41]);
	expect(codesThat(isWrongValue)).toEqual([12]);
	expect(codesThat(isSeveral)).toEqual([13]);
});

it.each([null, 0, 99, -1, NaN])('tells nothing of %j', (code) => {
	const judges = [isLasting, isBodyRefusal, isTooLarge, isWrongValue, isSeveral];
	expect(judges.map((is) => is(code))).toEqual(judges.map(() => false));
	expect([nameOf(code), isDocumentedAs(code, 400)]).toEqual([undefined, false]);
});

it('is the only file with the number of a code', () => {
	const folder = path.resolve(__dirname, '../../../nodes/Perculus');
	const files = (readdirSync(folder, { recursive: true }) as string[]).filter(
		(file) => file.endsWith('.ts') && !file.endsWith(path.join('errors', 'codes.ts')),
	);
	expect(files.length).toBeGreaterThan(30);
	const compared = /\bcode\b\)? (?:===|!==) \d|\b(?:refuse|reasonForCode|nameOf)\(\d/;
	for (const file of files)
		expect([file, compared.exec(readFileSync(path.join(folder, file), 'utf8'))?.[0]]).toEqual([
			file,
			undefined,
		]);
});
