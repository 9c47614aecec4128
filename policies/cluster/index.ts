import { addOnVersions } from "./add-on-versions.ts";
import { apiAuthentication } from "./api-authentication.ts";
import { controlPlaneLogs } from "./control-plane-logs.ts";
import { deletionProtection } from "./deletion-protection.ts";
import { encryptedVolumes } from "./encrypted-volumes.ts";
import { endpointClosed } from "./endpoint-closed.ts";
import { instanceMetadata } from "./instance-metadata.ts";
import { kubernetesVersion } from "./kubernetes-version.ts";
import { logRetention } from "./log-retention.ts";
import { noStaticCredentials } from "./no-static-credentials.ts";
import { nodeGroupBounds } from "./node-group-bounds.ts";
import { privateNodes } from "./private-nodes.ts";
import { requiredTags } from "./required-tags.ts";
import { keyRotation, secretsEncryption } from "./secrets-encryption.ts";

/** Policies on the cloud. */
export const clusterPolicies = [
  apiAuthentication,
  endpointClosed,
  controlPlaneLogs,
  logRetention,
  secretsEncryption,
  keyRotation,
  encryptedVolumes,
  nodeGroupBounds,
  privateNodes,
  instanceMetadata,
  kubernetesVersion,
  addOnVersions,
  deletionProtection,
  requiredTags,
  noStaticCredentials,
] as const;
