import Table from "cli-table3";

import type { Palette } from "../plan/output/palette.ts";

import type { ApplicationStatus, StatusDocument } from "./model.ts";

const head = ["ENVIRONMENT", "APPLICATION", "REVISION", "IMAGE", "SYNC", "HEALTH", "CANARY", "PODS", "WHY"];

/** Columns of the reason on a terminal of the usual width. */
const reasonWidth = 48;

/** The table for people: one line an application and environment. */
export function statusTable({ applications, warnings }: StatusDocument, colours: Palette): string {
  if (applications.length === 0) return "no Application of the platform is there yet";
  const table = new Table({
    head,
    style: { head: [], border: [], compact: true },
    colWidths: [...head.slice(1).map(() => null), reasonWidth],
    wordWrap: true,
  });
  for (const status of applications) table.push(row(status, colours));
  const notes = warnings.map((text) => colours.yellow(`warning: ${text}`));
  return [table.toString(), ...notes].join("\n");
}

function row(status: ApplicationStatus, colours: Palette): string[] {
  const paint = { well: colours.green, moving: colours.cyan, waiting: colours.yellow, unwell: colours.red }[
    status.state
  ];
  const { canary, replicas } = status;
  return [
    status.environment,
    status.application,
    change(status.running, status.wanted, (commit) => commit.slice(0, 7)),
    change(status.image, status.nextImage, version),
    paint(status.sync),
    paint(status.health),
    canary === null
      ? "-"
      : ["Succeeded", "Initialized"].includes(canary.phase)
        ? canary.phase
        : `${canary.phase} ${canary.weight}%`,
    replicas === null ? "-" : `${replicas.ready}/${replicas.wanted}`,
    why(status),
  ];
}

/** `now`, or `now > next` where there is another one to come. */
function change(now: string | null, next: string | null, shown: (text: string) => string): string {
  const words = now === null ? "-" : shown(now);
  return next === null || next === now ? words : `${words} > ${shown(next)}`;
}

/** The tag or digest of an image; its name is the application's as a rule, and long. */
function version(image: string): string {
  const [name = "", digest] = image.split("@");
  const tag = /:([^/:]+)$/.exec(name)?.[1];
  return tag ?? digest?.slice(0, 19) ?? image;
}

function why({ waitsFor, reason, environment, application, windows }: ApplicationStatus): string {
  const words = {
    sync: "waits for a person to sync it",
    window: "waits for its window",
    promotion: `waits for gitops approve ${application} --env ${environment}`,
  };
  return [waitsFor === null ? "" : words[waitsFor], windows?.message ?? "", reason]
    .filter((text) => text !== "")
    .join("; ");
}
