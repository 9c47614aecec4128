import { stringify } from "yaml";

/** Folders with files of targets; absolute. */
export interface TargetFolders {
  readonly pods: string;
  readonly controllers: string;
}

/**
 * What `prometheus.yml` says. The job of the pods has the name, the interval and the distrust of labels that it has in
 * a cluster (infra/controllers/scrape-jobs.ts), so that queries in Git read the same here and there.
 */
export function prometheusConfiguration(folders: TargetFolders): string {
  const job = (name: string, folder: string): object => ({
    job_name: name,
    honor_labels: false,
    // Besides, Prometheus watches the folder.
    file_sd_configs: [{ files: [`${folder}/*.json`], refresh_interval: "5s" }],
  });
  return stringify({
    // Flagger's shortest analysis interval is 10 s; a rate needs two samples in its range.
    global: { scrape_interval: "5s", scrape_timeout: "4s", evaluation_interval: "15s" },
    scrape_configs: [job("platform-pods", folders.pods), job("platform-controllers", folders.controllers)],
  });
}
