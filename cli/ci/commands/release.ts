import { Command } from "commander";

import { required } from "../environment.ts";
import { setOutputs } from "../github/outputs.ts";
import { planRelease } from "../release/plan-release.ts";
import type { ReleaseRequest } from "../release/plan-release.ts";
import { signImage } from "../release/sign.ts";
import { tellAuthor, tellSuccess } from "../release/tell-author.ts";
import type { TestedCommit } from "../release/tell-author.ts";
import { parseCommitter, writeTag } from "../release/write-tag.ts";

interface ImageFlags {
  readonly image: string;
  readonly tag: string;
  readonly digest: string;
}

interface TagFlags extends ImageFlags {
  readonly application: string;
  readonly environment: string;
  readonly branch: string;
  readonly committer?: string;
}

const imageOf = ({ image, tag, digest }: ImageFlags) => ({ name: image, tag, digest });

const withImage = (command: Command): Command =>
  command
    .requiredOption("--image <name>", "such as ghcr.io/example/app")
    .requiredOption("--tag <tag>")
    .requiredOption("--digest <digest>", "sha256:...");

const withTested = (command: Command): Command =>
  command
    .requiredOption("--application <name>", "folder under apps/")
    .requiredOption("--source <repository>", "of the sources, owner/name")
    .requiredOption("--commit <sha>", "of the sources");

/** Commands of a release of an application. */
export function releaseCommands(project: () => string): readonly Command[] {
  return [
    new Command("plan-release")
      .description("check a release; outputs `image`, `tag` and `environment`")
      .requiredOption("--application <name>", "folder under apps/")
      .requiredOption("--branch <name>", "branch of the environment")
      .requiredOption("--commit <sha>", "of the sources")
      .requiredOption("--owner <name>", "of the images")
      .action(async (request: ReleaseRequest) => {
        await setOutputs({ ...(await planRelease(project(), request)) }, process.env);
      }),
    withImage(new Command("sign").description("sign a pushed image as this workflow, and verify it")).action(
      async (flags: ImageFlags) => {
        // GITHUB_WORKFLOW_REF is the path with the ref; Fulcio's certificate has it behind the server.
        const identity = `${required(process.env, "GITHUB_SERVER_URL")}/${required(process.env, "GITHUB_WORKFLOW_REF")}`;
        await signImage(imageOf(flags), identity);
      },
    ),
    withImage(new Command("write-tag").description("write an image into an overlay, commit and push"))
      .requiredOption("--application <name>", "folder under apps/")
      .requiredOption("--environment <name>", "overlay")
      .requiredOption("--branch <name>", "that is checked out and pushed")
      .option("--committer <person>", 'such as "ci <ci@example.com>"; default: the user of GITHUB_TOKEN')
      .action(async (flags: TagFlags) => {
        const committer = flags.committer === undefined ? undefined : parseCommitter(flags.committer);
        const commit = await writeTag(project(), { ...flags, committer, image: imageOf(flags) });
        console.log(commit === undefined ? "the overlay has this image already" : `pushed ${commit}`);
      }),
    withTested(new Command("tell-failure").description("tell the author that the tests failed")).action(
      async (tested: TestedCommit) => console.log(await tellAuthor(tested, process.env)),
    ),
    withTested(new Command("tell-success").description("close the issue of an earlier failure")).action(
      async (tested: TestedCommit) => console.log(await tellSuccess(tested, process.env)),
    ),
  ];
}
