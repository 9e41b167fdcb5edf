/** A stream that is written to by callbacks and read by `for await`: the body of a watch. */
export interface Channel extends AsyncIterable<string> {
  push(chunk: string): void;
  /** Ends the stream after what was pushed. Safe to call twice. */
  end(): void;
}

/** `onClose` runs once, when the stream was ended or its reader went away. */
export function createChannel(onClose: () => void): Channel {
  const chunks: string[] = [];
  let wake: (() => void) | undefined;
  let ended = false;

  function end(): void {
    if (ended) return;
    ended = true;
    onClose();
    wake?.();
  }

  return {
    push(chunk) {
      if (ended) return;
      chunks.push(chunk);
      wake?.();
    },
    end,
    async *[Symbol.asyncIterator]() {
      try {
        while (true) {
          const chunk = chunks.shift();
          if (chunk !== undefined) yield chunk;
          else if (ended) return;
          else
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
        }
      } finally {
        end();
      }
    },
  };
}
