import { parseDocument } from "yaml";
import type { Document, YAMLSeq } from "yaml";

import { isOver } from "../../infra/calendar/freeze.ts";
import type { Freeze } from "../../infra/calendar/freeze.ts";

/** What stands in the file for one freeze; `strict` only where it is not the default. */
type Entry = Omit<Freeze, "strict"> & { readonly strict?: true };

/**
 * The text of the file with another freeze; comments stay, and what is over goes.
 * @param text must have been checked
 */
export function withFreeze(text: string, { strict, ...freeze }: Freeze, now: Date): string {
  const entry: Entry = strict ? { ...freeze, strict } : freeze;
  return edited(text, (kept) => [...kept, entry], now);
}

/**
 * The text of the file without the freezes of an environment, or without one application in them.
 * @param text must have been checked
 */
export function withoutFreezes(
  text: string,
  of: Pick<Freeze, "environment">,
  application: string | undefined,
  now: Date,
) {
  const thaw = (entry: Entry): Entry[] => {
    if (entry.environment !== of.environment) return [entry];
    if (application === undefined) return [];
    const left = entry.applications?.filter((name) => name !== application);
    return left?.length === 0 ? [] : [left === undefined ? entry : { ...entry, applications: left }];
  };
  return edited(text, (kept) => kept.flatMap(thaw), now);
}

function edited(text: string, change: (kept: readonly Entry[]) => readonly Entry[], now: Date): string {
  const document: Document = parseDocument(text);
  const entries = (document.toJS() as { readonly freezes: readonly Entry[] }).freezes;
  const list = document.get("freezes", true) as YAMLSeq;
  const wanted = change(entries.filter((entry) => !isOver(entry, now)));
  // An entry that stays keeps its node, and with it its comments.
  list.items = wanted.map((entry) => {
    const index = entries.indexOf(entry);
    return index < 0 ? document.createNode(entry) : list.items[index];
  });
  list.flow = wanted.length === 0;
  return document.toString({ lineWidth: 120 });
}
