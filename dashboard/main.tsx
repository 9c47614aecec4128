import { render } from "preact";

render(<p>gitops dashboard</p>, document.getElementById("page") as HTMLElement);
