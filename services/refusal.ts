/** Raised where a request cannot be carried out, with the reason for the person. */
export class Refusal extends Error {}
