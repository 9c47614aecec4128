/**
 * The area of a file, within which failures are counted: an application (`apps/core-trading`), a domain of the
 * program (`infra/cluster`), a stack's settings (`Pulumi.prod.yaml`); undefined where failures say nothing about the
 * running platform (tests, documents).
 */
export function areaOf(file: string): string | undefined {
  if (/\.md$/.test(file)) return undefined;
  const [top = "", second, third] = file.split("/");
  if (/^Pulumi(\..+)?\.yaml$/.test(file)) return file;
  if ((top !== "apps" && top !== "infra") || second === undefined) return undefined;
  if (top === "apps" && second === "components") return third === undefined ? undefined : `${top}/${second}/${third}`;
  return `${top}/${second}`;
}
