import { Cron } from "croner";
import ipaddr from "ipaddr.js";
import { IANAZone } from "luxon";

import { pattern, scalar } from "./scalar.ts";

/** RFC 1123 label: names of namespaces, applications, projects. */
export const dns1123Label = pattern(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, {
  noun: "a DNS-1123 label",
  allowed: "lower-case letters, digits and '-', at most 63 characters, starting and ending with a letter or digit",
  example: "core-trading",
});

/** RFC 1123 subdomain with at least one dot: public host names. */
export const hostName = pattern(
  /^(?=.{1,253}$)([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  {
    noun: "a host name",
    allowed: "DNS labels joined by dots, without scheme, port or path",
    example: "argocd.example.com",
  },
);

/** An IPv4 network in CIDR notation whose host bits are zero. */
export const cidr = scalar({
  noun: "an IPv4 CIDR block",
  allowed: "a network address, '/' and a prefix length from 0 to 32, host bits zero",
  example: "10.0.0.0/16",
  accepts: (value) => {
    if (!/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(value) || !ipaddr.IPv4.isValidCIDR(value)) return false;
    const network = ipaddr.IPv4.networkAddressFromCIDR(value).toString();
    return value.startsWith(`${network}/`) || `host bits are set: the network is ${network}`;
  },
});

/** A Kubernetes quantity such as `500m` or `2Gi` (k8s.io/apimachinery pkg/api/resource, Quantity). */
export const quantity = pattern(/^(\d+(\.\d+)?|\.\d+)(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/, {
  noun: "a Kubernetes quantity",
  allowed: "a number that is not negative, with one of m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei or no suffix",
  example: "500m",
});

/** A Go duration without fractions, as Argo CD and Flagger read it: hours, minutes, seconds, in that order. */
export const goDuration = pattern(/^(?=\d)(\d+h)?(\d+m)?(\d+s)?$/, {
  noun: "a Go duration",
  allowed: "hours, minutes and seconds in that order; Go knows no 'd'",
  example: "1h30m",
});

/** A duration that is not zero: zero means "never" or, silently, a controller's own default. */
export const positiveDuration = goDuration.refine((value) => !/^(0+[hms])+$/.test(value), {
  error: ({ input }) => `"${String(input)}" is zero; allowed: a duration of one second or more; for example "180s"`,
});

/** A five-field cron schedule, as the AppProject's sync windows take it (robfig/cron v3.0.1, parser.go and spec.go). */
export const cronSchedule = scalar({
  noun: "a cron schedule",
  allowed: "five fields (minute, hour, day of month, month, day of week) that come due at some time",
  example: "0 22 * * 1-5",
  accepts: (value) => {
    const fields = value.trim().split(/\s+/).length;
    if (fields !== 5) return `it has ${fields} field${fields === 1 ? "" : "s"}`;
    if (/[^\d\s*,/-]/.test(value.replace(/[A-Za-z]{3}/g, ""))) return "Argo CD's parser knows no L, W, # or +";
    if (/(^|[,-])0*7/.test(value.trim().split(/\s+/)[4] ?? "")) return "Sunday is 0, and no day is 7";
    try {
      return new Cron(value, { timezone: "UTC", mode: "5-part" }).nextRun() !== null || "it never comes due";
    } catch (error) {
      return (error as Error).message.replace(/^CronPattern: /, "");
    }
  },
});

/** A time on a clock of 24 hours. */
export const timeOfDay = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, {
  noun: "a time of day",
  allowed: "HH:MM from 00:00 to 23:59",
  example: "20:00",
});

/** An IANA time zone. Argo CD falls back to UTC without a word on one that it does not know. */
export const timeZone = scalar({
  noun: "a time zone",
  allowed: "a name of the IANA time zone database, letter case included",
  example: "Europe/Berlin",
  accepts: (value) => {
    if (
      !/^(UTC|Etc\/[A-Z][A-Za-z]*([+-]?\d+)?|[A-Z][A-Za-z]*(\/(?![A-Z]+$)[A-Z][A-Za-z_-]+)+)$/.test(value) ||
      !IANAZone.isValidZone(value)
    )
      return false;
    const canonical = Intl.supportedValuesOf("timeZone").find((zone) => zone.toLowerCase() === value.toLowerCase());
    return canonical === undefined || canonical === value || `letter case differs: the name is ${canonical}`;
  },
});

/** A branch name that Git accepts and that is not the moving `HEAD`. */
export const branchName = scalar({
  noun: "a branch name",
  allowed: "a name that `git check-ref-format --branch` accepts, and never HEAD",
  example: "main",
  accepts: (value) => {
    if (value === "HEAD") return "HEAD moves with the server's default branch";
    const refused = /^[-/.]|[\s~^:?*[\\]|\.\.|@\{|\/\/|\/$|\.$|\.lock($|\/)|\/\./;
    return value !== "" && value !== "@" && !refused.test(value) && [...value].every((char) => char >= " ");
  },
});

/** The repository that the GitOps engine pulls from. Without TLS from this machine alone: the local platform's own. */
export const repositoryUrl = pattern(
  /^(https:\/\/[^\s*@]+|http:\/\/127\.0\.0\.1:\d+\/[^\s*@]+|ssh:\/\/[^\s*]+|[\w.-]+@[\w.-]+:[^\s*]+|file:\/\/\/[^\s*]+)$/,
  {
    noun: "a repository address",
    allowed: "https://, ssh://, user@host:path or file:///, without credentials and without '*'",
    example: "https://github.com/example/gitops-platform.git",
  },
);

/** A group of the identity provider, or a Kubernetes group. */
export const groupName = pattern(/^[^\s*,:][^*,\n]*$/, {
  noun: "a group name",
  allowed: "text without '*', ',' or line breaks",
  example: "platform-admins",
});

/** A label value (k8s.io/apimachinery validation.IsValidLabelValue). */
export const labelValue = pattern(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/, {
  noun: "a label value",
  allowed: "letters, digits, '-', '_' and '.', at most 63 characters, starting and ending with a letter or digit",
  example: "team-a",
});

/** An https address without credentials. */
export const httpsUrl = scalar({
  noun: "an https address",
  allowed: "https:// and a host, with or without path",
  example: "https://login.example.com",
  accepts: (value) => {
    if (!URL.canParse(value)) return false;
    const url = new URL(value);
    return url.protocol === "https:" && url.username === "" && !value.includes("*");
  },
});

/** An e-mail address, loosely: what a certificate authority can write to. */
export const emailAddress = pattern(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, {
  noun: "an e-mail address",
  allowed: "name@domain",
  example: "platform@example.com",
});
