/**
 * The parts of Tekton's custom resources that the platform writes (tektoncd/pipeline v1.15.0, pkg/apis/pipeline/v1;
 * tektoncd/triggers v0.37.0, pkg/apis/triggers/v1beta1; tektoncd/operator v0.81.1, pkg/apis/operator/v1alpha1).
 */
export const tektonApi = {
  pipeline: "tekton.dev/v1",
  triggers: "triggers.tekton.dev/v1beta1",
  operator: "operator.tekton.dev/v1alpha1",
} as const;

/** Any Kubernetes object, as YAML would have it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

export interface CustomObject extends Manifest {
  readonly spec: object;
}

export interface EnvVar {
  readonly name: string;
  readonly value: string;
}

/** A container of a Task's pod; steps run one after the other. */
export interface Step {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly script?: string;
  readonly env?: readonly EnvVar[];
  readonly workingDir?: string;
  readonly timeout?: string;
  readonly computeResources: object;
  readonly securityContext: object;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

export interface ParamSpec {
  readonly name: string;
  readonly type: "string";
  readonly description: string;
}

export interface WorkspaceDeclaration {
  readonly name: string;
  readonly description: string;
  readonly readOnly?: boolean;
  /** For what the Task alone gets, never the sources. */
  readonly mountPath?: string;
}

export interface TaskSpec {
  readonly description: string;
  readonly params: readonly ParamSpec[];
  readonly workspaces: readonly WorkspaceDeclaration[];
  readonly results?: readonly { readonly name: string; readonly description: string }[];
  readonly steps: readonly Step[];
  readonly volumes?: readonly object[];
}
