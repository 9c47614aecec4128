/** Writes to standard output. Awaited: a pipe takes a long text in pieces, and the process must not end in between. */
export function writeOut(text: string): Promise<void> {
  return new Promise((done, fail) => process.stdout.write(text, (error) => (error ? fail(error) : done())));
}
