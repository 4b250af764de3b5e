import base from "./playwright.config";
export default { ...base, webServer: undefined, retries: 0 };
