/** Where a command writes: results on one stream, remarks about them on the other. */
export interface Output {
  /** A line of the result: standard output. */
  line(text: string): void;
  /** A remark for a person: standard error. */
  note(text: string): void;
}

export const terminal: Output = {
  line: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
};
