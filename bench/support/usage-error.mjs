/** What the caller can fix: shown without a stack. */
export class UsageError extends Error {}
