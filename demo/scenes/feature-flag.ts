import { shareOf } from "../observe/flag.ts";
import { follow } from "../observe/follow.ts";
import { environment } from "../setting.ts";

import type { Scene } from "./scene.ts";

const stage = { namespace: environment.namespace, name: "app" };
const flag = "new-checkout";
const file = `apps/${stage.name}/overlays/${stage.namespace}/flags.json`;

interface FlagFile {
  readonly flags: Readonly<Record<string, { readonly targeting: { fractional: (readonly [string, number])[] } }>>;
}

export const featureFlag: Scene = {
  name: "feature-flag",
  title: "A feature goes from nobody to everybody, without a release",
  stage,
  play: async ({ bench, layout, tell, signal }) => {
    tell.hear("flagd", `${flag} is on for ${await shareOf(layout, stage.namespace, flag)} % of 200 users`);
    for (const percent of [0, 10, 50, 100]) {
      await bench.commit(`Demo: ${flag} for ${percent} % of the users`, () =>
        bench.rewrite(file, (content) => {
          const parsed = JSON.parse(content) as FlagFile;
          const found = parsed.flags[flag];
          if (found === undefined) throw new Error(`${file}: no flag "${flag}"`);
          found.targeting.fractional = [
            ["on", percent],
            ["off", 100 - percent],
          ];
          return `${JSON.stringify(parsed, null, 2)}\n`;
        }),
      );
      tell.act(`git push: ${flag} for ${percent} % of the users`);
      // Users are dealt by a hash of their key: with 200 of them the share is near the percentage, not on it.
      const share = await follow(
        () => shareOf(layout, stage.namespace, flag),
        (on) => (percent % 100 === 0 ? on === percent : Math.abs(on - percent) <= 10),
        { what: `${flag} for ${percent} % of the users`, seconds: 180, signal },
      );
      tell.hear("flagd", `${flag} is on for ${share} % of 200 users`);
    }
    tell.result("everybody has it; no pod was restarted");
  },
};
