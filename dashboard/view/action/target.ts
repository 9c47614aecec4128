import { signal } from "@preact/signals";

/** An action on something. */
export type Target =
  | { readonly name: "approve" | "rollback"; readonly application: string; readonly environment: string }
  | { readonly name: "promote"; readonly application: string; readonly from: string; readonly environment: string }
  | { readonly name: "freeze" | "unfreeze"; readonly environment: string };

/** The action whose dialog is open. */
export const target = signal<Target | undefined>(undefined);

/** On buttons: what it does, in few words. */
export function words(of: Target): { readonly verb: string; readonly object: string } {
  switch (of.name) {
    case "approve":
      return { verb: "Approve", object: `${of.application} in ${of.environment}` };
    case "rollback":
      return { verb: "Roll back", object: `${of.application} in ${of.environment}` };
    case "promote":
      return { verb: `Promote to ${of.environment}`, object: `${of.application} from ${of.from}` };
    case "freeze":
      return { verb: `Freeze ${of.environment}`, object: "" };
    case "unfreeze":
      return { verb: `Unfreeze ${of.environment}`, object: "" };
  }
}
