import { z } from "zod";

import { pattern } from "./scalar.ts";
import { dns1123Label, labelValue } from "./scalars.ts";
import { strictObject } from "./strict-object.ts";

/**
 * An EC2 instance type; the parts are those of "Amazon EC2 instance type naming conventions" (EC2 user guide):
 * series, generation, options, size.
 */
const instanceType = pattern(
  /^[a-z]+\d+[a-z]*(-[a-z0-9]+)?\.(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)$/,
  {
    noun: "an EC2 instance type",
    allowed: "series, generation, options, '.' and size",
    example: "m7i.large",
  },
);

/** Label and taint keys (k8s.io/apimachinery validation.IsQualifiedName), without the prefixes of others. */
const labelKey = pattern(
  /^(?!([^/]+\.)?(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\/)([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
  {
    noun: "a label key of your own",
    allowed: "letters, digits, '-', '_' and '.', with a DNS prefix or none, and no prefix of Kubernetes or EKS",
    example: "example.com/pool",
  },
);

const taint = strictObject({
  key: labelKey,
  /** Default empty. */
  value: labelValue.default(""),
  effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]),
});

/** One managed node group. Its nodes live in private subnets. */
export const nodeGroupSchema = strictObject({
  /** At most 36 characters: AWS takes 37 for a name prefix, and '-' is one. */
  name: dns1123Label.refine((name) => name.length <= 36, {
    error: ({ input }) =>
      `"${String(input)}" is too long for a node group; allowed: at most 36 characters; for example "main"`,
  }),
  /** Nodes at the least. Default 1. */
  minSize: z.int().min(0).default(1),
  /** Nodes wanted; Git is the truth, a change by hand is put back. Default 3. */
  desiredSize: z.int().min(0).default(3),
  /** Nodes at the most; an upgrade of the nodes may go past it by a few. Default 5. */
  maxSize: z.int().min(1).max(450).default(5),
  /** All of one processor architecture; several give spot capacity more choice. Default m6i.large (2 vCPU, 8 GiB). */
  instanceTypes: z.array(instanceType).min(1).max(20).default(["m6i.large"]),
  /** Default on-demand. Spot nodes are cheaper and may be taken away with two minutes' notice. */
  capacityType: z.enum(["on-demand", "spot"]).default("on-demand"),
  /** Kubernetes labels of every node. Default none. */
  labels: z.record(labelKey, labelValue).default({}),
  /** Kubernetes taints of every node. Default none. */
  taints: z.array(taint).max(50).default([]),
  /** Root volume, in GiB (encrypted gp3). Default 50. */
  diskSizeGiB: z.int().min(20).max(16384).default(50),
});

export type NodeGroupConfig = Readonly<z.output<typeof nodeGroupSchema>>;
