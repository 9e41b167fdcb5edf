/** All of standard input, read once however often it is asked for. */
export function createStdinReader(stream: NodeJS.ReadableStream = process.stdin): () => Promise<string> {
  let content: Promise<string> | undefined;
  return () => {
    content ??= readAll(stream);
    return content;
  };
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
