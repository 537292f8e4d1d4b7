/** One address: what stands around it, such as a name, and lists of them are the person's to take apart. */
const EMAIL = /^[^\s\p{Cc}@<>()[\]\\,;:"]+@[^\s\p{Cc}@<>()[\]\\,;:"/?#]+$/u;
/** The longest that mail can be sent to. */
const LONGEST = 254;

/** An e-mail address as it was given, without the spaces around it; undefined for anything else. */
export function emailAddress(value: unknown): string | undefined {
	const address = typeof value === 'string' ? value.trim() : '';
	const isOne = address.length <= LONGEST && address.isWellFormed() && EMAIL.test(address);
	return isOne ? address : undefined;
}
