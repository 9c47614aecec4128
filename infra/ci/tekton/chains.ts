/**
 * How Chains signs where images come from (tektoncd/chains v0.29.1, docs/config.md). The operator writes these into the
 * ConfigMap chains-config, which it owns: a second hand would be overwritten.
 * @param key of a key service, which no build can reach
 */
export function chainsConfig(key: string) {
  return {
    "disabled": false,
    // SLSA 1.0, from tekton.dev/v1 objects.
    "artifacts.taskrun.format": "slsa/v2alpha4",
    "artifacts.taskrun.storage": "oci",
    "artifacts.taskrun.signer": "kms",
    "artifacts.pipelinerun.format": "slsa/v2alpha4",
    "artifacts.pipelinerun.storage": "oci",
    "artifacts.pipelinerun.signer": "kms",
    // The sources are inputs of a child TaskRun.
    "artifacts.pipelinerun.enable-deep-inspection": "true",
    // The Pipeline signs the image itself, before it writes the overlay: Chains comes after a run.
    "artifacts.oci.format": "simplesigning",
    "artifacts.oci.storage": "oci",
    "artifacts.oci.signer": "none",
    "signers.kms.kmsref": key,
    // A public log of what a private team builds is a choice of its own.
    "transparency.enabled": "false",
  } as const;
}
