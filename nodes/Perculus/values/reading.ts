/** What a value was read as, or in words for the person why it cannot be read. */
export type Reading<T> = { value: T } | { issue: string };
