import { cis, pci } from "../model/framework.ts";
import { resourcePolicy } from "../model/resource-policy.ts";
import { text } from "../model/values.ts";

const accessKey = "aws:iam/accessKey:AccessKey";
const awsProvider = "pulumi:providers:aws";

/** Fields of a kubeconfig's user that hold a credential instead of naming how to get one. */
const inlineCredential = /["']?(?:token|password|client-key-data)["']?\s*:\s*["']?[^\s"',}]/;

export const noStaticCredentials = resourcePolicy({
  name: "no-static-credentials",
  description: "Nothing enters the cloud or a cluster with a credential that does not expire.",
  severity: "critical",
  remediation: "use roles (OIDC in CI, pod identity in the cluster, `aws eks get-token` in a kubeconfig)",
  references: [cis("5.2.1"), pci("8.6.2")],
  types: [accessKey, awsProvider, "pulumi:providers:kubernetes"],
  judge: ({ type, props }) => {
    if (type === accessKey) return ["an access key of an IAM user never expires"];
    if (type === awsProvider)
      return ["accessKey", "secretKey"].filter((key) => key in props).map((key) => `the provider is given ${key}`);
    const kubeconfig = text(props["kubeconfig"]) ?? "";
    return inlineCredential.test(kubeconfig) ? ["the kubeconfig carries a credential"] : [];
  },
});
