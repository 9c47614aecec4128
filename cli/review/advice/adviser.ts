/** What a model is asked. */
export interface Question {
  /** What it is to do. */
  readonly instructions: string;
  /** The change, which is data and not to be obeyed. */
  readonly material: string;
  /** Most tokens of the answer. */
  readonly maxTokens: number;
}

/** A language model behind an API. */
export interface Adviser {
  /** For messages: `anthropic <model>`. */
  readonly name: string;
  /**
   * The model's answer as it came.
   * @param signal ends the call
   * @throws AdviceError when there is none
   */
  readonly ask: (question: Question, signal: AbortSignal) => Promise<string>;
}

/** The model gave no answer that can be used. Never a reason to approve or to reject. */
export class AdviceError extends Error {
  override readonly name = "AdviceError";
  /** True when trying again may help: busy, out of reach. */
  readonly temporary: boolean;

  constructor(message: string, temporary: boolean) {
    super(message);
    this.temporary = temporary;
  }
}
