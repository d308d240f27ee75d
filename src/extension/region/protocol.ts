/**
 * What the panel and its webview say to each other. Each message carries the version and is checked against its
 * schema on arrival, in both directions.
 */
import * as z from 'zod';
import { MapView, PointDetail, Projection, StudyView } from '../../report/view-model.js';
import { SubsidyCap } from '../../solver/study-spec.js';

export const PANEL_PROTOCOL_VERSION = 1;
const version = z.literal(PANEL_PROTOCOL_VERSION);

export const RunProgress = z.object({
  /** "directions", "refining": as the study calls it. */
  phase: z.string(),
  done: z.number(),
  total: z.number().nullable(),
  subsidyCap: SubsidyCap.optional(),
  /** "1,000 CNY"; null while no budget is being worked on. */
  budget: z.string().nullable(),
  direction: z.array(z.number()).nullable(),
  elapsedSeconds: z.number(),
  /** Seconds still to go; null while it cannot be told. */
  remainingSeconds: z.number().nullable(),
});
export type RunProgress = z.infer<typeof RunProgress>;

export const RunStatus = z.discriminatedUnion('kind', [
  /** Nothing has been asked for yet, or the picture is that of a finished run. */
  z.object({ kind: z.literal('idle') }),
  z.object({ kind: z.literal('running'), progress: RunProgress.nullable() }),
  z.object({ kind: z.literal('cancelled') }),
  /** In words a planner understands, with what to do about it. */
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);
export type RunStatus = z.infer<typeof RunStatus>;

/** What a line of the file declares. */
export const ElementKind = z.enum(['station', 'node', 'link', 'bus', 'line']);
export type ElementKind = z.infer<typeof ElementKind>;
export const Element = z.object({ kind: ElementKind, id: z.string() });
export type Element = z.infer<typeof Element>;

export const ExportKind = z.enum(['svg', 'png', 'csv', 'json', 'halfspaces', 'matlab', 'python', 'html']);
export type ExportKind = z.infer<typeof ExportKind>;

/** Asked about a result that is there; the answer is added to it. */
export const Question = z.discriminatedUnion('kind', [
  /** Which coupons bring this operating point about? MW per axis. */
  z.object({ kind: z.literal('point'), targetMw: z.array(z.number()), subsidyCap: SubsidyCap }),
  /** What else can the coupons of this point bring about, and which coupons rule it out? */
  z.object({ kind: z.literal('spread'), pointId: z.string() }),
  /** Random points inside the hull of a budget: are they reached? */
  z.object({
    kind: z.literal('sample'),
    subsidyCap: SubsidyCap,
    count: z.number().int().min(1).max(1000),
    seed: z.number().int(),
  }),
  /** How large can the regions be at most? */
  z.object({ kind: z.literal('bounds') }),
  /** What does each operating point cost? */
  z.object({ kind: z.literal('prices') }),
  /** Which reinforcement buys most flexibility? */
  z.object({ kind: z.literal('sensitivities') }),
]);
export type Question = z.infer<typeof Question>;

export const ToWebview = z.discriminatedUnion('type', [
  z.object({ version, type: z.literal('view'), view: StudyView.nullable() }),
  z.object({
    version,
    type: z.literal('status'),
    study: z.string(),
    file: z.string(),
    run: RunStatus,
    /** The file says something else than it did when the result was computed. */
    stale: z.boolean(),
  }),
  z.object({ version, type: z.literal('detail'), detail: PointDetail }),
  z.object({ version, type: z.literal('map'), map: MapView }),
  z.object({ version, type: z.literal('projection'), projection: Projection }),
  /** The cursor in the editor is on the declaration of this element. */
  z.object({ version, type: z.literal('element'), element: Element }),
]);
export type ToWebview = z.infer<typeof ToWebview>;

export const ToPanel = z.discriminatedUnion('type', [
  z.object({ version, type: z.literal('ready') }),
  /** The last view has arrived and is drawn: another one may come. */
  z.object({ version, type: z.literal('seen') }),
  z.object({ version, type: z.literal('run') }),
  z.object({ version, type: z.literal('cancel') }),
  z.object({ version, type: z.literal('ask'), question: Question }),
  /** Of a study over a range of times: which of its regions is to be shown, counted from 0. */
  z.object({ version, type: z.literal('showInterval'), index: z.number().int().nonnegative() }),
  z.object({ version, type: z.literal('selectPoint'), pointId: z.string() }),
  z.object({ version, type: z.literal('needMap') }),
  z.object({
    version,
    type: z.literal('project'),
    axes: z.array(z.number().int().nonnegative()).min(1).max(3),
  }),
  z.object({ version, type: z.literal('reveal'), element: Element }),
  z.object({ version, type: z.literal('openFile') }),
  z.object({
    version,
    type: z.literal('export'),
    kind: ExportKind,
    /** SVG text, or a PNG as base64; the other kinds are made from the result. */
    content: z.string().optional(),
    /** "region", "map": names the file that is saved. */
    view: z.string().optional(),
  }),
]);
export type ToPanel = z.infer<typeof ToPanel>;

/** Kept by the webview across reloads of the window; the panel is found again through it. */
export const PanelState = z.object({
  version,
  uri: z.string(),
  study: z.string(),
  tab: z.enum(['region', 'point', 'map', 'table']),
  pointId: z.string().nullable(),
  interval: z.number().int().nonnegative().nullable(),
  hidden: z.array(z.number().int().nonnegative()),
  axes: z.array(z.number().int().nonnegative()).min(1).max(3),
  camera: z.object({ azimuth: z.number(), elevation: z.number(), zoom: z.number().positive() }).nullable(),
  /** Region whose proven outside is drawn; null for none, absent for the largest that has one. */
  outer: z.number().int().nonnegative().nullable().optional(),
});
export type PanelState = z.infer<typeof PanelState>;
