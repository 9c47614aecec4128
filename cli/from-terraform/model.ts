/** Version of the JSON document. Raised when a field changes its meaning or goes. */
export const schemaVersion = 1;

/** A resource of a Terraform state, as `terraform show -json` prints it. */
export interface TerraformResource {
  /** `module.eks.aws_eks_cluster.this[0]` */
  readonly address: string;
  /** `aws_eks_cluster` */
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Module inputs by their names of v21. */
export type Inputs = Readonly<Record<string, unknown>>;

/** Generation of the module whose names a file uses; they differ (docs/UPGRADE-21.0.md of the module). */
export type ModuleMajor = 20 | 21;

/** What a file says of the cluster. */
export interface Source {
  readonly kind: "state" | "plan" | "tfvars";
  readonly major: ModuleMajor;
  readonly inputs: Inputs;
  /** Resources that exist; empty for variables. */
  readonly resources: readonly TerraformResource[];
}

/** An input of the module that has a value on the platform. */
export interface TakenOver {
  /** As the file names it: `cluster_version`, or `eks_managed_node_groups.main.disk_size`. */
  readonly input: string;
  /** Key of the stack's configuration: `cluster.kubernetesVersion`. */
  readonly key: string;
  readonly value: unknown;
}

/** An input, or a part of its value, that has none. */
export interface LeftOut {
  readonly input: string;
  readonly why: string;
}

/** One entry of the file that `pulumi import --file` reads. */
export interface ImportEntry {
  readonly type: string;
  readonly name: string;
  readonly id: string;
}

/** The answer of `gitops from-terraform`. */
export interface Report {
  readonly file: string;
  readonly source: Source["kind"];
  readonly moduleMajor: ModuleMajor;
  /** Name of the cluster; undefined where the file names none. */
  readonly clusterName: string | undefined;
  readonly region: string | undefined;
  /** Adopts the cluster and owns nothing of it; undefined without a name. */
  readonly existing: Readonly<Record<string, unknown>> | undefined;
  /** A cluster of the platform's own with the same inputs, and the tags. */
  readonly eks: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, unknown>>;
  readonly takenOver: readonly TakenOver[];
  readonly leftOut: readonly LeftOut[];
  /** What keeps `eks` from being a valid section; empty where it is one. */
  readonly undecided: readonly { readonly path: string; readonly message: string }[];
  /** For a stack of its own; empty for variables, which name no ids. */
  readonly imports: readonly ImportEntry[];
  /** Resources that no entry stands for. */
  readonly notImported: readonly LeftOut[];
}
