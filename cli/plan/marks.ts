/** What stands for values that are not shown. */
export const marks = {
  secret: "[secret]",
  unknown: "[unknown]",
  /** Pulumi's marker of a value that only a deployment knows (@pulumi/pulumi, runtime/rpc.js, unknownValue). */
  unknownValue: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  /** What a program sees in the place of an encrypted value (rehearsal/stack-config/value.ts). It is no secret. */
  placeholder: "encrypted-value-not-decrypted",
} as const;
