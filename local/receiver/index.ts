/** The process of the local platform that answers failures which Argo CD reports, in Git. */
export { alertsUrl, eventsUrl, receiverName, receiverToken, receiverUrl } from "./address.ts";
export { journalFile, readJournal } from "./journal.ts";
export type { JournalEntry } from "./journal.ts";
export { startReceiver, stopReceiver } from "./start.ts";
export type { Receiver, ReceiverEvent, ReceiverOptions } from "./start.ts";
