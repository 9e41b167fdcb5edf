const begin = '<!-- generated from the contract: begin -->';
const end = '<!-- generated from the contract: end -->';

/** Puts the text between the markers of a page whose other parts are written by hand. */
export function betweenMarkers(page: string, text: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`A generated page lost its markers: ${begin} … ${end}`);
  return `${page.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${page.slice(to)}`;
}

/** An empty place for generated text. */
export const markers = `${begin}\n${end}`;
