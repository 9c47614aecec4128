import type { TaskSpec } from "../../crds/tekton.ts";
import { images } from "../../versions.ts";

import { buildkitVolume, buildStep } from "./build-step.ts";
import { param } from "./names.ts";
import { closedContainer, small, work } from "./step.ts";

const metadata = {
  volume: { name: "metadata", emptyDir: {} },
  path: "/metadata",
  file: "/metadata/image.json",
} as const;
const mount = { name: metadata.volume.name, mountPath: metadata.path };

/** The registry's name for what was pushed, from BuildKit's metadata; a build without one fails here. */
const readDigest = `#!/bin/sh
set -eu
digest=$(sed -n 's/.*"containerimage.digest": *"\\(sha256:[0-9a-f]\\{64\\}\\)".*/\\1/p' "$METADATA")
test -n "$digest"
printf %s "$digest" > "$(results.IMAGE_DIGEST.path)"
printf %s "$IMAGE" > "$(results.IMAGE_URL.path)"
`;

/**
 * Builds and pushes the image with SBOM and provenance, as release-app.yml does. Its two results are those by which
 * Chains knows what a run has made (tektoncd/chains, docs/slsa-provenance.md, "Type Hinting").
 */
export function imageTask(): TaskSpec {
  const build = buildStep(
    "build",
    [
      "--output=type=image,name=$(params.image):$(params.tag),push=true",
      "--opt=attest:sbom=",
      "--opt=attest:provenance=mode=max",
      `--metadata-file=${metadata.file}`,
    ],
    [{ name: "DOCKER_CONFIG", value: "$(workspaces.registry.path)" }],
  );
  return {
    description: "Builds and pushes the image.",
    params: [
      param("context", "folder of the Dockerfile in the sources"),
      param("image", "registry and repository"),
      param("tag", "names the commit"),
    ],
    workspaces: [
      { ...work, readOnly: true },
      { name: "registry", description: "config.json of the registry", readOnly: true },
    ],
    results: [
      { name: "IMAGE_URL", description: "what was pushed" },
      { name: "IMAGE_DIGEST", description: "what the registry calls it: a tag can be moved, this cannot" },
    ],
    steps: [
      { ...build, volumeMounts: [...(build.volumeMounts ?? []), mount] },
      {
        name: "digest",
        image: `${images.buildkit.repository}:${images.buildkit.tag}`,
        script: readDigest,
        env: [
          { name: "METADATA", value: metadata.file },
          { name: "IMAGE", value: "$(params.image):$(params.tag)" },
        ],
        computeResources: small,
        securityContext: closedContainer,
        volumeMounts: [mount],
      },
    ],
    volumes: [buildkitVolume, metadata.volume],
  };
}
