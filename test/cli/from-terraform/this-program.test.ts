import { expect, test } from "@jest/globals";

import { eks, planOf } from "../../infra/cluster/recorded.ts";

// Why docs/from-terraform.md and the command import into a stack of its own: these are what AWS cannot change in place.
test("this program would replace an imported cluster and its groups: it names both, and their roles and templates", async () => {
  const plan = await planOf(eks);
  const cluster = plan.one("eks:index:Cluster");
  expect(cluster.inputs["name"]).toBe("gitops-dev");
  // Without one @pulumi/eks makes the role (pulumi-eks v4.3.0, nodejs/eks/cluster/cluster.ts).
  expect(cluster.inputs).not.toHaveProperty("serviceRole");
  const [group] = plan.all("aws:eks/nodeGroup:NodeGroup");
  expect(group?.inputs).toMatchObject({
    nodeRoleArn: "arn:gitops-dev-nodes-role",
    launchTemplate: { id: expect.stringMatching(/^gitops-dev-nodes-main/) },
  });
});
