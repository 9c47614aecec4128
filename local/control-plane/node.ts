/** The one node of the platform, with KWOK as its kubelet. */
export const nodeName = "local";

/** The Node, which a kubelet would register itself. KWOK fills in its status. */
export const node = {
  apiVersion: "v1",
  kind: "Node",
  metadata: {
    name: nodeName,
    labels: {
      "kubernetes.io/hostname": nodeName,
      "kubernetes.io/os": "linux",
      "kubernetes.io/arch": "amd64",
      "node.kubernetes.io/instance-type": "kwok",
    },
    annotations: { "kwok.x-k8s.io/node": "fake" },
  },
} as const;
