// The example waits for its plan at the top of its module, which browsers have known since 2021.
export default { build: { target: "es2022" } };
