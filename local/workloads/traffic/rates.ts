import { readFile, rename, writeFile } from "node:fs/promises";

import { z } from "zod";

/** Requests a second; more than the highest would measure this machine and not the release. */
export const rateLimits = { default: 5, highest: 1000 } as const;

export const rateSchema = z.number().min(0).max(rateLimits.highest);
const fileSchema = z.record(z.string(), rateSchema);

/** How many requests a second the users of each application send; what was set is kept in a file. */
export class Rates {
  private constructor(
    private readonly file: string,
    private readonly rates: Map<string, number>,
  ) {}

  /** @throws Error when the file is there and holds something else */
  static async read(file: string): Promise<Rates> {
    const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "{}";
      throw error;
    });
    try {
      return new Rates(file, new Map(Object.entries(fileSchema.parse(JSON.parse(text)))));
    } catch (error) {
      throw new Error(`${file}: expected rates like {"dev/app": 5}; delete the file and start again`, { cause: error });
    }
  }

  /** @param key `<namespace>/<application>` */
  of(key: string): number {
    return this.rates.get(key) ?? rateLimits.default;
  }

  async set(key: string, rate: number): Promise<void> {
    this.rates.set(key, rateSchema.parse(rate));
    await writeFile(`${this.file}.new`, JSON.stringify(Object.fromEntries(this.rates)), { mode: 0o600 });
    await rename(`${this.file}.new`, this.file);
  }
}
