/** What EQL calls a function, how many values it takes, and whether `name~` leaves case out of account. */
export interface Signature {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly tilde: boolean;
}

/**
 * The functions of Elasticsearch's EQL. The fifth value of `between` is from before `between~`: whether
 * case counts.
 */
const signatures: readonly Signature[] = [
  { name: 'add', least: 2, most: 2, tilde: false },
  { name: 'between', least: 3, most: 5, tilde: true },
  { name: 'cidrMatch', least: 2, most: Number.POSITIVE_INFINITY, tilde: false },
  { name: 'concat', least: 1, most: Number.POSITIVE_INFINITY, tilde: false },
  { name: 'divide', least: 2, most: 2, tilde: false },
  { name: 'endsWith', least: 2, most: 2, tilde: true },
  { name: 'indexOf', least: 2, most: 3, tilde: true },
  { name: 'length', least: 1, most: 1, tilde: false },
  { name: 'modulo', least: 2, most: 2, tilde: false },
  { name: 'multiply', least: 2, most: 2, tilde: false },
  { name: 'number', least: 1, most: 2, tilde: false },
  { name: 'startsWith', least: 2, most: 2, tilde: true },
  { name: 'string', least: 1, most: 1, tilde: false },
  { name: 'stringContains', least: 2, most: 2, tilde: true },
  { name: 'substring', least: 2, most: 3, tilde: false },
  { name: 'subtract', least: 2, most: 2, tilde: false },
];

const byName = new Map(signatures.map((signature) => [signature.name.toLowerCase(), signature]));

/** A function by its name in any case, without the tilde: `cidrmatch` is `cidrMatch`. */
export function signatureOf(name: string): Signature | undefined {
  return byName.get(name.toLowerCase());
}

/** Whether a function takes this many values. */
export function takes(signature: Signature, count: number): boolean {
  return signature.least <= count && count <= signature.most;
}
