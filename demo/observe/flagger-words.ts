import { open } from "node:fs/promises";

import { processNames } from "../../local/flagger/index.ts";
import type { Layout } from "../../local/layout.ts";
import { logFile } from "../../local/processes/index.ts";

/**
 * What Flagger says of a Canary, in its own words, from its log: the numbers that decide are in there. Its Events hold
 * the same, but Kubernetes drops them after 25 an object (client-go, tools/record/events_cache.go).
 */
export class FlaggerWords {
  private unfinished = "";

  private constructor(
    private readonly file: string,
    private readonly canary: string,
    private offset: number,
  ) {}

  /** From now on. */
  static async of(
    layout: Layout,
    canary: { readonly namespace: string; readonly name: string },
  ): Promise<FlaggerWords> {
    const words = new FlaggerWords(logFile(layout, processNames.flagger), `${canary.name}.${canary.namespace}`, 0);
    await words.next();
    return words;
  }

  /** What it said since the last call. */
  async next(): Promise<readonly string[]> {
    const handle = await open(this.file, "r");
    try {
      const { size } = await handle.stat();
      // A new start of Flagger may have begun a new file.
      if (size < this.offset) this.offset = 0;
      const { buffer, bytesRead } = await handle.read(
        Buffer.alloc(size - this.offset),
        0,
        size - this.offset,
        this.offset,
      );
      this.offset += bytesRead;
      const lines = `${this.unfinished}${buffer.toString("utf8", 0, bytesRead)}`.split("\n");
      this.unfinished = lines.pop() ?? "";
      return lines.flatMap((line) => this.said(line));
    } finally {
      await handle.close();
    }
  }

  private said(line: string): readonly string[] {
    if (!line.startsWith("{")) return [];
    const { level, msg, canary } = JSON.parse(line) as { level: string; msg: string; canary?: string };
    return canary === this.canary && level === "info" ? [msg] : [];
  }
}
