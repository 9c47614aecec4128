import { Argument, Command } from "commander";

import { shellNames } from "../completion/shells.ts";
import type { ShellName } from "../completion/shells.ts";

const examples = `
Examples:
  source <(gitops completion bash)                    in ~/.bashrc, or for this shell alone
  source <(gitops completion zsh)                     in ~/.zshrc, after compinit
  gitops completion fish | source                     in ~/.config/fish/config.fish

Completes commands, options, what an option may be, environments, stacks, and applications by their folder under apps/. The
script asks the command that printed it, so that it is never older; print it again when the command moves. It is for the
name gitops: npm link makes it one, or alias gitops="npx gitops".

Exit codes: 0 printed, 2 bad usage.`;

/** `gitops completion`. */
export function completionCommand(done: (exitCode: number) => void): Command {
  return new Command("completion")
    .description("print the script by which a shell completes this command")
    .addArgument(new Argument("<shell>", "which one").choices(shellNames))
    .showHelpAfterError("(gitops completion --help shows the shells)")
    .addHelpText("after", examples)
    .action(async (shell: ShellName) => {
      // Loaded here: --help does not wait for it.
      const { runCompletion } = await import("../completion/run.ts");
      done(runCompletion(shell));
    });
}

/** `gitops complete`, which the scripts ask: words up to the cursor after `--`, the last one unfinished. */
export function completeCommand(done: (exitCode: number) => void): Command {
  return new Command("complete")
    .argument("[words...]")
    .action(async (words: readonly string[], _flags: object, command: Command) => {
      const { runComplete } = await import("../completion/run.ts");
      done(runComplete(command.parent ?? command, words));
    });
}
