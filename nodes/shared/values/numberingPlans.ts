import type { MetadataJson } from 'libphonenumber-js/core';
import mobilePlans from 'libphonenumber-js/metadata.mobile.json';
import validPlans from 'libphonenumber-js/metadata.min.json';

/*
 * What the library knows of all countries' numbers, twice: `VALID` is what Cal.com itself asks (the same library with the
 * same data), `MOBILE` holds a number valid only when it is a mobile one.
 */

/** The compiler reads the JSON's tuples as plain lists: they are the library's own files. */
const asPlans = (json: unknown): MetadataJson => json as MetadataJson;

export const VALID = asPlans(validPlans);
export const MOBILE = asPlans(mobilePlans);
