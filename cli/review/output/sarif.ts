import type { Assessment, Comment } from "../assessment.ts";
import { configFile } from "../config-file.ts";
import { weights } from "../weights.ts";

/**
 * The verdict as a SARIF 2.1.0 log (OASIS, sarif-v2.1.0). Code scanning asks for a location with every result (GitHub
 * documentation, "SARIF support for code scanning"): a remark on the change as a whole is shown at the settings file.
 */
export function reviewSarif({ approve, risk, band, parts, rejections, comments }: Assessment): object {
  const rules = [...new Set(comments.map(({ rule }) => rule))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "gitops-review", rules: rules.map(ruleOf) } },
        automationDetails: { id: "gitops-review/" },
        columnKind: "utf16CodeUnits",
        properties: {
          approve,
          risk,
          band,
          rejections,
          parts: parts.map(({ weight, points, share }) => ({ weight, points, share })),
        },
        results: comments.map((comment) => resultOf(comment, rules.indexOf(comment.rule))),
      },
    ],
  };
}

function ruleOf(id: string): object {
  const text = Object.hasOwn(weights, id) ? weights[id as keyof typeof weights].reason : id;
  return { id, shortDescription: { text } };
}

function resultOf({ level, rule, message, file }: Comment, ruleIndex: number): object {
  const uri = (file ?? configFile).split("/").map(encodeURIComponent).join("/");
  return {
    ruleId: rule,
    ruleIndex,
    level,
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri, uriBaseId: "%SRCROOT%" }, region: { startLine: 1 } } }],
  };
}
