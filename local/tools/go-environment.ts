/**
 * The environment for every `go` command: what could change a build is fixed here, where modules come from and where
 * Go keeps its caches (GOPROXY, GOCACHE, ...) is left to the user.
 */
export function goEnvironment(): Readonly<Record<string, string>> {
  return {
    CGO_ENABLED: "0",
    GO111MODULE: "on",
    // go.mod and go.sum are pins: a build never changes them.
    GOFLAGS: "-mod=readonly",
    // A go.mod that asks for a newer Go is refused instead of downloading one behind the user's back.
    GOTOOLCHAIN: "local",
    GOWORK: "off",
  };
}
