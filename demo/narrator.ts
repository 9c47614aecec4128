import { createColors } from "picocolors";

/** Tells what happens, a line each, with the seconds since the scene began. */
export interface Narrator {
  /** Begins to count the seconds anew. */
  readonly scene: (title: string) => void;
  /** What the demo itself does. */
  readonly act: (line: string) => void;
  /** What a controller says or does. @param who its name, such as `flagger` */
  readonly hear: (who: string, line: string) => void;
  /** How it ended. */
  readonly result: (line: string) => void;
}

/** @param colour whether the output is a terminal */
export function narrator(write: (line: string) => void, colour: boolean): Narrator {
  const { bold, cyan, dim, green } = createColors(colour);
  let begin = performance.now();
  const time = (): string => dim(`${((performance.now() - begin) / 1000).toFixed(0).padStart(4)} s `);
  return {
    scene: (title) => {
      begin = performance.now();
      write(`\n${bold(title)}`);
    },
    act: (line) => write(`${time()}${bold("→")} ${line}`),
    hear: (who, line) => write(`${time()}  ${cyan(who.padEnd(10))} ${line}`),
    result: (line) => write(`${time()}${green("✓")} ${line}`),
  };
}
