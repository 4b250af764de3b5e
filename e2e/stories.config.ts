import base from "./playwright.config";

// The states of the pages, drawn by `make stories` into stories/: no program runs, and none waits for another.
export default { ...base, testIgnore: [], testMatch: "stories.spec.ts", globalSetup: undefined, fullyParallel: true };
