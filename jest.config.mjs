// Native ES modules (node --experimental-vm-modules): the code under test runs as it runs in production.
const shared = {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "\\.ts$": ["@swc/jest", { jsc: { target: "es2023", parser: { syntax: "typescript" } }, module: { type: "es6" } }],
  },
  modulePathIgnorePatterns: ["<rootDir>/.local/"],
};

export default {
  // A guard against what hangs, never a measure: other work on the machine must fail no test.
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/platform/"],
    },
    { ...shared, displayName: "platform", testMatch: ["<rootDir>/test/platform/**/*.test.ts"] },
  ],
};
