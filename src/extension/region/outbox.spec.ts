import { expect, it } from 'vitest';
import { Outbox } from './outbox.js';

it('sends the newest when the one before it was seen, and makes no other', () => {
  const sent: number[] = [];
  const made: number[] = [];
  const outbox = new Outbox<number>((value) => sent.push(value));
  const put = (value: number) =>
    outbox.put(() => {
      made.push(value);
      return value;
    });
  put(1);
  put(2);
  put(3);
  expect(sent).toEqual([1]);
  outbox.seen();
  expect(sent).toEqual([1, 3]);
  outbox.seen();
  put(4);
  expect(sent).toEqual([1, 3, 4]);
  expect(made).toEqual(sent);
});

it('says what comes after a picture behind it, and only the last of it', () => {
  const sent: string[] = [];
  const outbox = new Outbox<string>((value) => sent.push(value));
  outbox.after(() => sent.push('running'));
  outbox.put(() => 'half');
  outbox.after(() => sent.push('still running'));
  outbox.put(() => 'whole');
  outbox.after(() => sent.push('99 of 100'));
  outbox.after(() => sent.push('finished'));
  expect(sent).toEqual(['running', 'half', 'still running']);
  outbox.seen();
  expect(sent.slice(3)).toEqual(['whole', 'finished']);
  outbox.seen();
  expect(sent).toHaveLength(5);
});

it('says at once what a person waits for, and nothing older after it', () => {
  const sent: string[] = [];
  const outbox = new Outbox<string>((value) => sent.push(value));
  outbox.put(() => 'half');
  outbox.put(() => 'more');
  outbox.after(() => sent.push('finished'));
  outbox.now(() => sent.push('running again'));
  outbox.seen();
  outbox.seen();
  expect(sent).toEqual(['half', 'running again', 'more']);
});

it('waits for nobody who is gone', () => {
  const sent: number[] = [];
  const outbox = new Outbox<number>((value) => sent.push(value));
  outbox.put(() => 1);
  outbox.put(() => 2);
  outbox.reset();
  outbox.put(() => 3);
  expect(sent).toEqual([1, 3]);
});
