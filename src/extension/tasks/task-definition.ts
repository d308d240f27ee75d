import { z } from 'zod';

/** A task of type `v2g` as an author writes it in `tasks.json`; `package.json` has the same as JSON Schema. */
export const TaskDefinition = z.object({
  type: z.literal('v2g'),
  action: z.enum(['check', 'run', 'test']),
  /** Relative to the workspace folder. */
  file: z.string().min(1),
  /** Name of the study; all of them without it. */
  study: z.string().optional(),
  /** Further arguments of the command line, as they are. */
  args: z.array(z.string()).optional(),
});
export type TaskDefinition = z.infer<typeof TaskDefinition>;
export type TaskAction = TaskDefinition['action'];

/** Arguments for the `v2g` command line. */
export function taskArguments({ action, file, study, args = [] }: TaskDefinition): string[] {
  return [action, file, ...(study === undefined ? [] : ['--study', study]), ...args];
}
