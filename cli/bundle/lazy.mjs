// What the SDK loads at once and a recording never calls: the TypeScript compiler and npm's dependency resolver (for
// serialized functions) and the automation API. A proxy loads the real module when something of it is first read.
const lazyModules = /^(typescript|@npmcli\/arborist|normalize-package-data|fdir|\.\/automation)$|\/typescript-shim$/;
const sdk = /[\\/]node_modules[\\/]@pulumi[\\/]pulumi[\\/]/;
const real = Symbol("real");

/** esbuild plugin: the modules above load on first use. */
export const lazySdkModules = {
  name: "lazy-sdk-modules",
  setup(build) {
    build.onResolve({ filter: lazyModules }, ({ path, importer, kind, resolveDir, pluginData }) => {
      if (pluginData === real || kind !== "require-call" || !sdk.test(importer)) return undefined;
      return { path, namespace: "lazy", pluginData: { resolveDir } };
    });
    build.onLoad({ filter: /.*/, namespace: "lazy" }, ({ path, pluginData }) => ({
      resolveDir: pluginData.resolveDir,
      contents: proxyOf(path),
    }));
    build.onResolve({ filter: /^real:/, namespace: "lazy" }, ({ path, resolveDir }) =>
      build.resolve(path.slice("real:".length), { kind: "require-call", resolveDir, pluginData: real }),
    );
  },
};

/** `__esModule` makes TypeScript's import helpers pass the proxy on instead of copying every property. */
function proxyOf(path) {
  return `
    let module_;
    const load = () => (module_ ??= require(${JSON.stringify(`real:${path}`)}));
    module.exports = new Proxy({}, {
      get(_, key) {
        if (key === "__esModule") return true;
        const loaded = load();
        return key === "default" && !loaded.__esModule ? loaded : loaded[key];
      },
      has: (_, key) => key in load(),
    });`;
}
