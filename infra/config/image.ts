import { pattern } from "./scalar.ts";

/** An image that cannot become another one (distribution/reference, reference.go: a name and a digest). */
export const digestedImage = pattern(/^[a-z0-9][-a-z0-9._/:]*@sha256:[0-9a-f]{64}$/, {
  noun: "an image with its digest",
  allowed: "a registry and name, with or without a tag, and @sha256: with 64 hexadecimal digits",
  example: `registry.example.com/gitops-dashboard@sha256:${"0123456789abcdef".repeat(4)}`,
});
