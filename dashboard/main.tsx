import { render } from "preact";

import { App } from "./app.tsx";
import { startClock } from "./state/clock.ts";
import { connect } from "./state/live.ts";
import { followAddress } from "./state/route.ts";

followAddress();
startClock();
connect();
render(<App />, document.getElementById("page") as HTMLElement);
