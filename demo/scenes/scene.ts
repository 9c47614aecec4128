import type { Stage } from "../git/overlay.ts";
import type { Setting } from "../setting.ts";

/** One thing to watch. */
export interface Scene {
  /** In `npm run demo -- <name>`. */
  readonly name: string;
  readonly title: string;
  /** The application whose overlay it changes; the demo puts it back. */
  readonly stage: Stage;
  /** @throws Error when what should happen does not */
  readonly play: (setting: Setting) => Promise<void>;
}
