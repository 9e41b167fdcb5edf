import { cssVariables, dark, light } from './palette.ts';

/** The whole style of the page. No images, no web fonts: the page must open from a disk without a network. */
export const pageStyle = `
:root { color-scheme: light dark; ${cssVariables(light)} }
@media (prefers-color-scheme: dark) { :root { ${cssVariables(dark)} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; }
code, pre { font: 0.87em/1.6 ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
code { overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: 2px; }
.page { max-width: 1128px; margin: 0 auto; padding: clamp(24px, 5vw, 64px) clamp(16px, 3vw, 24px) 72px; }
.eyebrow { margin: 0 0 20px; color: var(--quiet); font-size: 13px; letter-spacing: 0.01em; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: clamp(26px, 4vw, 38px); line-height: 1.2; font-weight: 650; letter-spacing: -0.02em;
  text-wrap: balance; overflow-wrap: anywhere; }
.verdict { display: inline-flex; align-items: center; gap: 9px; margin: 0 0 14px; font-weight: 650; font-size: 15px; }
.verdict .icon { display: inline-grid; place-items: center; width: 24px; height: 24px; border-radius: 50%;
  border: 2px solid currentColor; font-size: 13px; line-height: 1; }
.pass { color: var(--pass); } .fail { color: var(--fail); } .inconclusive, .invalid { color: var(--doubt); }
.lead { margin: 14px 0 0; max-width: 68ch; font-size: 17px; color: var(--quiet); overflow-wrap: anywhere; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(132px, 1fr)); gap: 24px 32px;
  margin: 40px 0 0; padding: 24px 0; border: solid var(--hairline); border-width: 1px 0; }
.figures div { min-width: 0; }
.figures dt { color: var(--quiet); font-size: 13px; }
.figures dd { margin: 2px 0 0; font-size: 25px; line-height: 1.25; font-weight: 600; letter-spacing: -0.015em; }
.figures dd small { display: block; margin-top: 2px; font-size: 13px; font-weight: 400; letter-spacing: 0; color: var(--quiet); }
section { margin-top: 56px; }
h2 { margin: 0 0 16px; font-size: 19px; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; }
h3 { margin: 28px 0 8px; font-size: 15px; font-weight: 650; }
p { max-width: 76ch; margin: 0 0 12px; overflow-wrap: anywhere; }
.note { margin-top: 16px; color: var(--quiet); font-size: 13px; }
.scroll { overflow-x: auto; } .sideways { display: none; }
.scroll:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { padding: 9px 24px 9px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--hairline); }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--quiet); font-size: 13px; font-weight: 500; white-space: nowrap; padding-top: 0; }
tbody th { font-weight: 500; }
td, th, td code, th code { overflow-wrap: break-word; }
.number { text-align: right; white-space: nowrap; }
.word { white-space: nowrap; }
.wide, .wide code { min-width: 24ch; overflow-wrap: anywhere; }
tr:has(+ .answer) > * { border-bottom: 0; padding-bottom: 4px; }
.answer pre { margin: 0 0 6px; }
.bad { color: var(--fail); font-weight: 600; } .good { color: var(--pass); } .doubtful { color: var(--doubt); } .muted { color: var(--quiet); }
.facts { display: grid; grid-template-columns: minmax(96px, max-content) minmax(0, 1fr); gap: 8px 32px; margin: 0; font-size: 14px; }
.facts dt { color: var(--quiet); } .facts dd { margin: 0; overflow-wrap: anywhere; }
.failure { padding: 24px clamp(16px, 3vw, 28px); background: var(--raised); border-left: 3px solid var(--fail); border-radius: 0 6px 6px 0; }
.failure p:last-child, .failure pre:last-child { margin-bottom: 0; }
pre { margin: 12px 0; padding: 14px 16px; background: var(--raised); border-radius: 6px; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.failure pre { background: var(--ground); }
details { margin-top: 16px; } summary { cursor: pointer; color: var(--quiet); font-size: 14px; margin-bottom: 12px; }
.warnings { margin: 0; padding: 0; list-style: none; } .warnings li { padding: 6px 0; overflow-wrap: anywhere; }
footer { margin-top: 72px; padding-top: 20px; border-top: 1px solid var(--hairline); color: var(--quiet); font-size: 13px; overflow-wrap: anywhere; }
${timelineStyle()}
@media (max-width: 880px) { .sideways { display: block; } }
@media (max-width: 600px) { .figures { gap: 24px 20px; } .figures dd { font-size: 21px; } th, td { padding-right: 18px; }
  .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: 10px; } section { margin-top: 44px; } }
@media print { :root { ${cssVariables(light)} } body { font-size: 12px; } .page { max-width: none; padding: 0; }
  section { margin-top: 28px; break-inside: auto; } tr, .figures, .failure, .timeline { break-inside: avoid; }
  .scroll { overflow: visible; } .sideways { display: none; } .timeline { min-width: 0; } .failure, pre { border: 1px solid var(--hairline); } }
`.trim();

function timelineStyle(): string {
  return `
.timeline { display: block; width: 100%; min-width: 860px; height: auto; overflow: visible; }
.timeline text { fill: var(--ink); font-size: 12.5px; paint-order: stroke; stroke: var(--ground); stroke-width: 3px; stroke-linejoin: round; }
.timeline .tick, .timeline .axis-title, .timeline .step-note { fill: var(--quiet); font-size: 12px; }
.timeline .mark-label { font-weight: 600; }
.timeline .grid { stroke: var(--hairline); stroke-width: 1; }
.timeline .mark { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 2 3; }
.timeline .mark-dot { fill: var(--ink); }
.timeline .cutover { fill: var(--band); }
.timeline .bar-stable { fill: var(--stable); } .timeline .bar-candidate { fill: url(#hatch); } .timeline .bar-unknown { fill: var(--unknown); }
.timeline .candidate { fill: var(--candidate); } .timeline .hatch { stroke: var(--hatch); stroke-width: 2; }
.timeline .step { fill: var(--quiet); } .timeline .step-failed { fill: var(--fail); } .timeline .step-undone { fill: var(--doubt); }
.timeline .step-planned, .timeline .step-skipped { fill: none; stroke: var(--quiet); }
.timeline .glyph-done { fill: var(--pass); } .timeline .glyph-failed { fill: var(--fail); } .timeline .glyph-undone { fill: var(--doubt); }
.timeline .cross { stroke: var(--fail); stroke-width: 2.2; fill: none; }
.timeline .failed-count, .timeline .failed-title { fill: var(--fail); font-weight: 600; } .timeline .bar-failed { fill: var(--fail); }
`.trim();
}
