/** The settings of the review, from the root of the repository. */
export const configFile = "gitops-review.yaml";
