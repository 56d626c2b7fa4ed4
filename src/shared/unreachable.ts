/** Makes the compiler check that a `switch` covers every member of a union. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
