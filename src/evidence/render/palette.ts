/** Colours of the page, by what they mean. A test holds every ink against its ground at 4.5:1 or more. */
export interface Palette {
  readonly ground: string;
  readonly raised: string;
  readonly hairline: string;
  readonly ink: string;
  readonly quiet: string;
  readonly pass: string;
  readonly fail: string;
  readonly doubt: string;
  readonly link: string;
  /** Fills of the timeline: 3:1 against the ground, told apart by lightness and texture too. */
  readonly stable: string;
  readonly candidate: string;
  readonly hatch: string;
  readonly unknown: string;
  readonly band: string;
}

export const light: Palette = {
  ground: '#ffffff',
  raised: '#f5f6f8',
  hairline: '#e2e5ea',
  ink: '#16191d',
  quiet: '#5a6370',
  pass: '#0f6b3d',
  fail: '#b01e1e',
  doubt: '#855300',
  link: '#1f57b8',
  stable: '#7c8aa3',
  candidate: '#1f6f8b',
  hatch: '#4b93ab',
  unknown: '#8f7f4a',
  band: '#d9e6f5',
};

export const dark: Palette = {
  ground: '#0f1216',
  raised: '#181c22',
  hairline: '#2a3038',
  ink: '#e7eaee',
  quiet: '#98a2b0',
  pass: '#5fce94',
  fail: '#ff8a80',
  doubt: '#f0b752',
  link: '#8ab4f8',
  stable: '#66748c',
  candidate: '#58b4d1',
  hatch: '#2f7d97',
  unknown: '#a8965a',
  band: '#1d3045',
};

export function cssVariables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');
}
