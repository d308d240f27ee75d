/**
 * What the language server and its client say to each other beyond the Language Server Protocol. Positions are
 * zero-based, as in that protocol. Each message carries the version; what arrives is checked against its schema.
 */
import { z } from 'zod';
import { Scenario } from '../solver/scenario.js';
import { StudySpec } from '../solver/study-spec.js';

export const PROTOCOL_VERSION = 1;

const version = z.literal(PROTOCOL_VERSION);
const Position = z.object({
  line: z.number().int().nonnegative(),
  character: z.number().int().nonnegative(),
});
export const Range = z.object({ start: Position, end: Position });
export type Range = z.infer<typeof Range>;

/** Server to client: what the server is doing, whenever it changes. */
export const SERVER_STATE_NOTIFICATION = 'v2g/serverState';
export const ServerState = z.object({
  version,
  state: z.enum(['ready', 'checking', 'failed']),
  /** One sentence for the status item; of a failure, what to do about it. */
  message: z.string().optional(),
});
export type ServerState = z.infer<typeof ServerState>;

/** Client to server: the studies of one file, in the order of the file. */
export const STUDIES_REQUEST = 'v2g/studies';
export const DocumentParams = z.object({ version, uri: z.string() });
export type DocumentParams = z.infer<typeof DocumentParams>;

export const StudyOutline = z.object({
  name: z.string(),
  kind: z.enum(['characterize', 'dispatch', 'compare']),
  /** Of the whole block. */
  range: Range,
  /** Of the name. */
  nameRange: Range,
  /** Each `expect` line, in the order of `StudySpec.expectations`. */
  expectations: z.array(z.object({ text: z.string(), range: Range })),
});
export type StudyOutline = z.infer<typeof StudyOutline>;
export const StudiesAnswer = z.object({ version, studies: z.array(StudyOutline) });
export type StudiesAnswer = z.infer<typeof StudiesAnswer>;

/** A stretch of text; lines and columns count from 1, the end is exclusive. */
export const SourceLocation = z.object({
  file: z.string(),
  range: z.object({ line: z.number(), column: z.number(), endLine: z.number(), endColumn: z.number() }),
});
export type SourceLocation = z.infer<typeof SourceLocation>;

/** Client to server: the scenario and the studies of one file with its imports, as a study runner needs them. */
export const SCENARIO_REQUEST = 'v2g/scenario';
export const ScenarioAnswer = z.object({
  version,
  /** Null when errors stand in the way. */
  scenario: Scenario.nullable(),
  studies: z.array(StudySpec),
  /** "file:line:column message [code]" of each error. */
  errors: z.array(z.string()),
  /** Where each part is written, by keys such as "station:CS1", "link:n1->n5", "bus:b30.load" (source-map.ts). */
  sources: z.record(z.string(), SourceLocation).optional(),
});
export type ScenarioAnswer = z.infer<typeof ScenarioAnswer>;

/** The last result of a study, for its lens. */
export const LastResult = z.object({
  uri: z.string(),
  study: z.string(),
  /** For example "62.2 MW³ at 2000 CNY, 12 s". */
  summary: z.string(),
});
export type LastResult = z.infer<typeof LastResult>;

/** Client to server: the last result of a study; null takes it away. */
export const STUDY_RESULT_NOTIFICATION = 'v2g/studyResult';
export const StudyResultParams = LastResult.extend({ version, summary: z.string().nullable() });
export type StudyResultParams = z.infer<typeof StudyResultParams>;

/**
 * Server to client: what lies at an address that is on no disk, as in a virtual workspace. The server asks only clients
 * that say `readsResources` in their initialization options.
 */
export const RESOURCE_REQUEST = 'v2g/resource';

export const InitializationOptions = z.object({
  readsResources: z.boolean().optional(),
  /** What the client knows of studies from before this server was started. */
  lastResults: z.array(LastResult).optional(),
});
export type InitializationOptions = z.infer<typeof InitializationOptions>;
export const ResourceAnswer = z.discriminatedUnion('kind', [
  z.object({ version, kind: z.literal('file'), text: z.string() }),
  z.object({
    version,
    kind: z.literal('folder'),
    entries: z.array(z.object({ name: z.string(), isFolder: z.boolean() })),
  }),
  /** Neither, or it cannot be read. */
  z.object({ version, kind: z.literal('nothing') }),
]);
export type ResourceAnswer = z.infer<typeof ResourceAnswer>;

/** Commands behind the lenses of a study; the client has them, with these arguments. */
export const RUN_STUDY_COMMAND = 'v2g.runStudy';
export const SHOW_REGION_COMMAND = 'v2g.characterize';
export const TEST_STUDY_COMMAND = 'v2g.testStudy';
export interface StudyCommandArguments {
  readonly uri: string;
  readonly study: string;
}
