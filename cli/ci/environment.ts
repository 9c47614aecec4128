/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** @throws when the variable is missing or empty, as an unset `vars.X` of a workflow is */
export function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (value !== undefined && value !== "") return value;
  throw new Error(`environment variable ${name} is missing: set it in the \`env\` of the workflow's step`);
}
