import { cis, nsa } from "../model/framework.ts";
import { resourcePolicy } from "../model/resource-policy.ts";
import { fields, texts } from "../model/values.ts";

import { clusterComponent, clusters } from "./types.ts";

/** The key's ARN is unknown before the first deployment; that there is one is known. */
export const secretsEncryption = resourcePolicy({
  name: "eks-secrets-encryption",
  description: "Kubernetes Secrets are encrypted with a KMS key of our own.",
  severity: "high",
  remediation: "set encryptionConfigKeyArn to a customer managed key; only a new cluster takes it without a migration",
  references: [cis("5.3.1"), nsa("Network separation and hardening")],
  types: clusters,
  judge: ({ type, props }) => {
    if (type === clusterComponent)
      return isGiven(props["encryptionConfigKeyArn"]) ? [] : ["encryptionConfigKeyArn is not set"];
    const encryption = fields(props["encryptionConfig"]);
    if (!isGiven(fields(encryption["provider"])["keyArn"])) return ["encryptionConfig names no key"];
    return texts(encryption["resources"]).includes("secrets") ? [] : ['encryptionConfig leaves out "secrets"'];
  },
});

/** Rotation costs nothing and bounds what one leaked key opens. */
export const keyRotation = resourcePolicy({
  name: "kms-key-rotation",
  description: "Encryption keys are renewed every year.",
  severity: "medium",
  remediation: "set enableKeyRotation to true",
  references: [cis("5.3.1")],
  types: ["aws:kms/key:Key"],
  judge: ({ props }) => (props["enableKeyRotation"] === true ? [] : ["enableKeyRotation is not true"]),
});

function isGiven(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
