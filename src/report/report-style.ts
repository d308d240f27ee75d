/** The report's style sheet: black on white, A4-minded, with the tables of the panel. */
export const reportStyle = `
* { box-sizing: border-box; }
body { margin: 0; color: #1f1f1f; background: #ffffff; font: 14px/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
main { max-width: 720px; margin: 0 auto; padding: 24px 20px 48px; }
h1 { margin: 0 0 4px; font-size: 1.7em; }
h2 { margin: 28px 0 8px; padding-bottom: 4px; border-bottom: 2px solid #1f1f1f; font-size: 1.3em; }
h3 { margin: 24px 0 6px; font-size: 1.08em; }
h4 { margin: 16px 0 4px; font-size: 1em; }
p { margin: 4px 0 10px; }
svg { display: block; max-width: 100%; height: auto; font-family: inherit; }
.muted, .means { color: #595959; }
.warning { padding: 6px 10px; border-left: 4px solid #9a4f00; background: #fff6ea; }
.row { display: flex; flex-wrap: wrap; gap: 12px 20px; }
.verdict { font-weight: 600; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); gap: 6px 12px; margin: 0 0 12px; }
.fact { padding: 5px 8px; border: 1px solid #d0d0d0; border-radius: 3px; }
.fact dt { color: #595959; }
.fact dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
.fact dd.means { font-size: 0.86em; font-weight: 400; }
table { margin: 6px 0 18px; border-collapse: collapse; font-size: 0.9em; font-variant-numeric: tabular-nums; }
caption { padding: 4px 0; font-weight: 600; text-align: left; }
th, td { padding: 2px 8px; border-bottom: 1px solid #d8d8d8; font-weight: 400; text-align: left; vertical-align: top; }
thead th { color: #595959; }
.number { text-align: right; white-space: nowrap; }
.share { white-space: nowrap; }
.share svg { display: inline-block; }
.wide { overflow-x: auto; }
.point { break-before: page; }
@page { margin: 14mm; }
@media print {
  main { max-width: none; padding: 0; }
  svg, tr, .fact, h3, h4 { break-inside: avoid; }
  h2, h3, h4, caption { break-after: avoid; }
  thead { display: table-header-group; }
  .wide { overflow: visible; }
  .wide table { font-size: 0.72em; }
  * { print-color-adjust: exact; }
}
`;
