/**
 * The pipeline catalogue at one commit. It belongs into the environment repository as extensions/pipeline-catalog.yaml,
 * where Jenkins X reads it (jenkins-x/jx-project, "PipelineCatalog"): no object of the cluster holds it.
 */
export const pipelineCatalog = {
  apiVersion: "project.jenkins-x.io/v1alpha1",
  kind: "PipelineCatalog",
  spec: {
    repositories: [
      {
        label: "JX3 Pipeline Catalog",
        gitUrl: "https://github.com/jenkins-x/jx3-pipeline-catalog",
        // jenkins-x/jx3-pipeline-catalog, tag v1.5.42 of 2026-08-10. A tag could be moved.
        gitRef: "adb997fc87bd61470c3bbba0619e652a4ee6c125",
      },
    ],
  },
} as const;
