/** Filters that Keap compares with the beginning too, where the text ends with an asterisk. */
export const WHOLE_OR_BEGINNING = 'The whole text, or its beginning followed by *';
