import { cis, pci } from "../model/framework.ts";
import { isKind, labelsOf } from "../model/kubernetes-object.ts";
import type { KubernetesObject } from "../model/kubernetes-object.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { fields, text } from "../model/values.ts";
import type { Fields } from "../model/values.ts";

/** Fields: argo-cd v3.5.7, docs/operator-manual/declarative-setup.md, "Clusters". Messages name no value: it is a secret. */
export const clusterBounded = objectPolicy({
  name: "argocd-cluster-bounded",
  description: "Argo CD enters another cluster in named namespaces alone, and knows whom it speaks to.",
  severity: "critical",
  remediation: "name the namespaces, leave clusterResources out, and give caData with a token or a role of AWS",
  references: [cis("4.1.1"), pci("7.2.2")],
  judgeObject: (object) => {
    const content = contentOf(object);
    if (content === undefined) return [];
    const config = parsed(content["config"]);
    const tls = fields(config["tlsClientConfig"]);
    const faults: readonly (readonly [boolean, string])[] = [
      [(text(content["namespaces"]) ?? "") === "", "it names no namespaces, which is the whole cluster"],
      [text(content["clusterResources"]) === "true", "clusterResources reaches what is in no namespace"],
      [!(text(content["server"]) ?? "").startsWith("https://"), "server is no https address"],
      [tls["insecure"] === true || text(tls["caData"]) === undefined, "the cluster's certificate is not checked"],
      [["username", "password"].some((key) => key in config), "it logs in with a password"],
      [["certData", "keyData"].some((key) => key in tls), "it logs in with a certificate, which nobody can take back"],
    ];
    return faults.filter(([found]) => found).map(([, fault]) => fault);
  },
});

/** Content of a Secret for a cluster; undefined for every other object, and while it is not known. */
function contentOf(object: KubernetesObject): Fields | undefined {
  const isCluster = labelsOf(object)["argocd.argoproj.io/secret-type"] === "cluster";
  if (!isKind(object, "", "Secret") || !isCluster) return undefined;
  const decoded = Object.entries(fields(object["data"])).map(([key, value]) => {
    return [key, Buffer.from(text(value) ?? "", "base64").toString()] as const;
  });
  const content = { ...Object.fromEntries(decoded), ...fields(object["stringData"]) };
  return text(content["config"]) === undefined ? undefined : content;
}

function parsed(config: unknown): Fields {
  try {
    return fields(JSON.parse(text(config) ?? ""));
  } catch {
    return {};
  }
}
