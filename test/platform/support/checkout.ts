import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { execa } from "execa";
import { isSeq, parseDocument } from "yaml";
import type { Document } from "yaml";

/** A clone that changes are made in and pushed from. */
export class Checkout {
  private constructor(readonly directory: string) {}

  static async clone(from: string, to: string): Promise<Checkout> {
    await execa("git", ["clone", "--quiet", from, to]);
    const checkout = new Checkout(to);
    await checkout.git("config", "user.name", "Test");
    await checkout.git("config", "user.email", "test@example.com");
    return checkout;
  }

  /** @returns what git printed, on both streams: a push tells its report on standard error */
  async git(...args: readonly string[]): Promise<string> {
    return (await execa("git", args, { cwd: this.directory, all: true })).all;
  }

  head(): Promise<string> {
    return this.git("rev-parse", "HEAD");
  }

  /** Changes one YAML file and commits it. @returns the commit */
  async change(file: string, edit: (document: Document) => void, message: string): Promise<string> {
    const path = join(this.directory, file);
    const document = parseDocument(await readFile(path, "utf8"));
    edit(document);
    await writeFile(path, document.toString({ lineWidth: 120 }));
    await this.git("commit", "--quiet", "--all", "--message", message);
    return this.head();
  }

  /** Commits another image tag in an overlay, as CI does. @returns the commit */
  setTag(application: string, environment: string, tag: string): Promise<string> {
    const edit = (document: Document): void => document.setIn(["images", 0, "newTag"], tag);
    return this.change(overlay(application, environment), edit, `Deploy ${application} ${tag} to ${environment}`);
  }

  /** Commits another host of an application's Ingress, the first patch of each overlay. @returns the commit */
  setHost(application: string, environment: string, host: string): Promise<string> {
    const edit = (document: Document): void => {
      const patch = String(document.getIn(["patches", 0, "patch"]));
      document.setIn(["patches", 0, "patch"], patch.replaceAll(/value: [\w.-]+/g, `value: ${host}`));
    };
    return this.change(overlay(application, environment), edit, `Call ${application} ${host} in ${environment}`);
  }

  /** Commits that an overlay leaves out what its base has of a kind. @returns the commit */
  leaveOut(application: string, environment: string, target: { apiVersion: string; kind: string }): Promise<string> {
    const { apiVersion, kind } = target;
    // Selected by kind: the name in the patch is not compared.
    const patch = `$patch: delete\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: any\n`;
    const edit = (document: Document): void => {
      const patches = document.get("patches");
      if (!isSeq(patches)) throw new Error(`${overlay(application, environment)} has no list of patches`);
      patches.add(document.createNode({ patch, target: { kind } }));
    };
    return this.change(overlay(application, environment), edit, `Remove ${kind} of ${application}`);
  }

  /** The image tag that the overlay of HEAD names. */
  async tag(application: string, environment: string): Promise<string> {
    const text = await readFile(join(this.directory, overlay(application, environment)), "utf8");
    return String(parseDocument(text).getIn(["images", 0, "newTag"]));
  }

  /** Pushes HEAD to a branch of the platform. @param wait whether the push waits for the sync and reports it */
  async push(branch: string, wait = true): Promise<string> {
    const env = wait ? {} : { GITOPS_PUSH_WAIT: "0" };
    return (await execa("git", ["push", "local", `HEAD:${branch}`], { cwd: this.directory, all: true, env })).all;
  }
}

const overlay = (application: string, environment: string): string =>
  `apps/${application}/overlays/${environment}/kustomization.yaml`;
