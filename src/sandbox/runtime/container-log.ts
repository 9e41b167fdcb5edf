/** What one run of a container wrote, the newest part of it. */
export interface ContainerLog {
  append(text: string): void;
  /** The run is over: followers end. */
  end(): void;
  read(options: {
    readonly tailLines?: number;
    readonly follow?: boolean;
    readonly signal?: AbortSignal;
  }): AsyncIterable<string>;
}

/** Enough for 50,000 requests of the demo program; what is older is dropped. */
const maxCharacters = 8 * 1024 * 1024;

export function createContainerLog(): ContainerLog {
  const chunks: string[] = [];
  let dropped = 0;
  let characters = 0;
  let ended = false;
  const waiting = new Set<() => void>();

  function wake(): void {
    for (const resume of [...waiting]) resume();
    waiting.clear();
  }

  return {
    append(text) {
      chunks.push(text);
      characters += text.length;
      while (characters > maxCharacters && chunks.length > 1) {
        characters -= chunks.shift()?.length ?? 0;
        dropped += 1;
      }
      wake();
    },

    end() {
      ended = true;
      wake();
    },

    async *read({ tailLines, follow = false, signal }) {
      let next = dropped + chunks.length;
      const whole = chunks.join('');
      const text = tailLines === undefined ? whole : lastLines(whole, tailLines);
      if (text !== '') yield text;
      while (follow && signal?.aborted !== true) {
        next = Math.max(next, dropped);
        const fresh = chunks.slice(next - dropped);
        next += fresh.length;
        if (fresh.length > 0) yield fresh.join('');
        else if (ended) return;
        else await somethingNew(signal);
      }
    },
  };

  function somethingNew(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const resume = () => {
        waiting.delete(resume);
        signal?.removeEventListener('abort', resume);
        resolve();
      };
      waiting.add(resume);
      signal?.addEventListener('abort', resume, { once: true });
    });
  }
}

function lastLines(text: string, count: number): string {
  const lines = text.split('\n');
  // The text after the last line break is no line yet, unless there is some.
  const end = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  return lines.slice(Math.max(0, end - count)).join('\n');
}
