import { StorageClass } from "@pulumi/kubernetes/storage/v1/storageClass.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

/**
 * The default class: encrypted gp3 volumes that go with their claim. EKS has made none the default since 1.30, and the
 * one that the CSI add-on offers cannot encrypt. Parameters: aws-ebs-csi-driver, docs/parameters.md.
 */
export function createDefaultStorageClass(name: string, options: CustomResourceOptions): StorageClass {
  return new StorageClass(
    name,
    {
      metadata: {
        name: "gp3-encrypted",
        annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
      },
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true" },
      reclaimPolicy: "Delete",
      // A volume belongs to one zone: the pod's, so the pod has to be placed first.
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
    },
    options,
  );
}
