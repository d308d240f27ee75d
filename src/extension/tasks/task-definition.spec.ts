import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { TaskDefinition, taskArguments } from './task-definition.js';

describe('tasks', () => {
  it('become arguments of the command line', () => {
    expect(taskArguments({ type: 'v2g', action: 'check', file: 'a b.v2g' })).toEqual(['check', 'a b.v2g']);
    expect(
      taskArguments({ type: 'v2g', action: 'run', file: 'a.v2g', study: 'Region', args: ['--workers', '2'] }),
    ).toEqual(['run', 'a.v2g', '--study', 'Region', '--workers', '2']);
  });

  it('are refused with an action that the command line does not have', () => {
    expect(TaskDefinition.safeParse({ type: 'v2g', action: 'solve', file: 'a.v2g' }).success).toBe(false);
  });

  it('have the same properties and actions in the manifest', () => {
    const [declared] = manifest.contributes.taskDefinitions;
    expect(Object.keys(declared.properties).sort()).toEqual(
      Object.keys(TaskDefinition.shape)
        .filter((key) => key !== 'type')
        .sort(),
    );
    expect(declared.properties.action.enum).toEqual(TaskDefinition.shape.action.options);
  });

  it("have a problem matcher that reads the command line's diagnostics", () => {
    const [{ regexp }] = manifest.contributes.problemPatterns;
    const pattern = new RegExp(regexp);
    const match = pattern.exec('feeders/ieee33.v2g:12:7 error Unknown bus "b99" [unknown-name]')!;
    expect(match.slice(1)).toEqual([
      'feeders/ieee33.v2g',
      '12',
      '7',
      'error',
      'Unknown bus "b99"',
      'unknown-name',
    ]);
    expect(pattern.test('12 points certified in 3 s')).toBe(false);
  });
});
