/** Real programs behind the pods of the sample applications, their names, and users' traffic to them. */
export { serviceProxyUrl } from "./ports.ts";
