/** Points of a study as comma-separated values (RFC 4180), one row each, units in the header. */
import type { StudyView } from '../view-model.js';

export function pointsCsv(view: StudyView): string {
  const header = [
    'point',
    'kind',
    `budget_${view.currency}`,
    ...view.axes.map((a) => `${a.label} MW`),
    ...view.axes.map((a) => `direction ${a.label}`),
    'support_MW',
    'outer_support_MW',
    `subsidy_${view.currency}`,
    'equilibrium_gap',
    `max_excess_cost_${view.currency}`,
    'unique',
    'min_voltage_pu',
    'max_voltage_pu',
    'max_line_loading',
    'status',
  ];
  const rows = view.points.map((p) => {
    const c = p.certificate;
    const cap = p.region === null ? null : view.regions[p.region].subsidyCap;
    return [
      p.label,
      p.kind,
      p.region === null ? '' : (cap ?? 'unlimited'),
      ...p.positionMw,
      ...view.axes.map((_, k) => p.direction?.[k] ?? ''),
      p.supportMw ?? '',
      p.outerSupportMw ?? '',
      c.subsidy,
      c.equilibriumGap,
      c.maxExcessCost,
      c.unique,
      c.minVoltagePu ?? '',
      c.maxVoltagePu ?? '',
      c.maxLineLoading ?? '',
      c.status,
    ];
  });
  return [header, ...rows].map((row) => row.map(field).join(',')).join('\r\n') + '\r\n';
}

/** A text that a spreadsheet would run as a formula is quoted into plain text by a leading apostrophe. */
function field(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
