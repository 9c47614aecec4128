import { nsa } from "../model/framework.ts";
import { resourcePolicy } from "../model/resource-policy.ts";
import { fields, list, quote } from "../model/values.ts";

const launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";

export const encryptedVolumes = resourcePolicy({
  name: "encrypted-volumes",
  description: "Volumes of nodes and of workloads are encrypted.",
  severity: "high",
  remediation: "set encrypted on every volume, and in the parameters of a StorageClass of EBS",
  references: [nsa("Network separation and hardening")],
  types: [launchTemplate, "aws:ebs/volume:Volume", "kubernetes:storage.k8s.io/v1:StorageClass"],
  judge: ({ type, props }) => {
    if (type === launchTemplate) {
      const volumes = list(props["blockDeviceMappings"]).map(fields);
      if (volumes.length === 0) return ["no volume is described, and so none is encrypted for certain"];
      return volumes
        .filter((volume) => "ebs" in volume && String(fields(volume["ebs"])["encrypted"]) !== "true")
        .map((volume) => `volume ${quote(volume["deviceName"])} is not encrypted`);
    }
    if (type.startsWith("kubernetes:")) {
      if (props["provisioner"] !== "ebs.csi.aws.com") return [];
      return fields(props["parameters"])["encrypted"] === "true" ? [] : ["volumes of this class are not encrypted"];
    }
    return props["encrypted"] === true ? [] : ["the volume is not encrypted"];
  },
});
