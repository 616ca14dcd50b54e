// The package for `require`: the same functions. What they reject with has the name EniacError.

import type * as eniac from "./index.d.ts" with { "resolution-mode": "import" };

declare const functions: Omit<typeof eniac, "EniacError">;
export = functions;
