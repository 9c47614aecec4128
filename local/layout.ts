import { mkdir } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Every path of one local platform. Absolute; nothing outside `directory` is written by a platform. */
export interface Layout {
  /** The root of this platform: what `npm stop -- --purge` deletes. */
  readonly directory: string;
  /** The administrator's kubeconfig, mode 0600. */
  readonly kubeconfig: string;
  /** What was chosen for this platform and is kept over restarts (ports), as JSON. */
  readonly state: string;
  /** `<process name>.log`, one a process. */
  readonly logs: string;
  /** `<process name>.json`, a record of each started process. */
  readonly run: string;
  /** HOME of every process of the platform, so that none reads or writes the user's own settings. */
  readonly home: string;
  /** TMPDIR of every process of the platform. */
  readonly temporary: string;
  /** Helper programs and links to tools, put on the PATH of processes that look for them. */
  readonly bin: string;
  /** Certificates and keys of this platform, mode 0700. */
  readonly certificates: string;
  /** Configuration files that the control plane's processes read. */
  readonly controlPlane: string;
  /** The data of etcd. */
  readonly etcd: string;
  /** The API server's audit log. */
  readonly auditLog: string;
  /** The folder of the local Git host. */
  readonly git: string;
  /** The bare repository that Argo CD follows. */
  readonly gitRepository: string;
  /** Files of Argo CD: its working directories, accounts, the CLI's configuration. */
  readonly argocd: string;
  /** Prometheus: its configuration, its data, and the files that name what it scrapes. */
  readonly prometheus: string;
  /** Files of Flagger. */
  readonly flagger: string;
  /** Files of KEDA. */
  readonly keda: string;
}

/** The folder of the project, with package.json in it. */
export const projectDirectory: string = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/**
 * The paths of the platform below `directory`.
 *
 * Default: the environment variable GITOPS_LOCAL_DIR (relative to the working directory), else `.local` in the
 * project. Touches no file; see `prepareLayout`.
 */
export function layout(
  directory: string = process.env["GITOPS_LOCAL_DIR"] || join(projectDirectory, ".local"),
): Layout {
  const root = isAbsolute(directory) ? resolve(directory) : resolve(process.cwd(), directory);
  return {
    directory: root,
    kubeconfig: join(root, "kubeconfig"),
    state: join(root, "state.json"),
    logs: join(root, "logs"),
    run: join(root, "run"),
    home: join(root, "home"),
    temporary: join(root, "tmp"),
    bin: join(root, "bin"),
    certificates: join(root, "certificates"),
    controlPlane: join(root, "control-plane"),
    etcd: join(root, "etcd"),
    auditLog: join(root, "logs", "audit.log"),
    git: join(root, "git"),
    gitRepository: join(root, "git", "platform.git"),
    argocd: join(root, "argocd"),
    prometheus: join(root, "prometheus"),
    flagger: join(root, "flagger"),
    keda: join(root, "keda"),
  };
}

/** Makes the folders that every part of the platform expects, readable by their owner alone. Idempotent. */
export async function prepareLayout(paths: Layout): Promise<void> {
  for (const folder of [
    paths.directory,
    paths.logs,
    paths.run,
    paths.home,
    paths.temporary,
    paths.bin,
    paths.certificates,
    paths.controlPlane,
    paths.git,
    paths.argocd,
    paths.prometheus,
    paths.flagger,
    paths.keda,
  ]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
}
