/** Argo CD as processes of the local platform. */
export { defaultAccounts, passwordFile } from "./accounts.ts";
export type { LocalAccount } from "./accounts.ts";
export { readApplications, summarize } from "./applications.ts";
export type { Application, ApplicationSummary } from "./applications.ts";
export { argocdCommand, cliConfigFile } from "./cli.ts";
export type { ArgocdSettings } from "./configuration.ts";
export type { ProjectRoles } from "./rbac.ts";
export { refreshApplications } from "./refresh.ts";
export { registerRepository } from "./repository.ts";
export { startArgocd } from "./start.ts";
export type { Argocd, ArgocdEvent, ArgocdOptions } from "./start.ts";
export { stopArgocd } from "./stop.ts";
export type { ArgocdTools } from "./tools.ts";
export { readHeldByWindows } from "./held-by-windows.ts";
export { isSettled, waitForApplications } from "./wait-for-applications.ts";
export type { WaitOptions } from "./wait-for-applications.ts";
