import type { CallHierarchyItem } from 'vscode-languageserver-types';
import { describeFixtures, showPosition, showRange } from '../../../test/fixtures/language/fixtures.js';

describeFixtures('call-hierarchy', async ({ V2g, marks }) => {
  const provider = V2g.lsp.CallHierarchyProvider!;
  const show = ({ name, uri, selectionRange }: CallHierarchyItem) =>
    `${name} ${uri.replace('file://', '')} ${showRange(selectionRange)}`;
  const answers = [];
  for (const { document, position } of marks) {
    const params = { textDocument: { uri: document.uri.toString() }, position };
    const [item] = (await provider.prepareCallHierarchy(document, params)) ?? [];
    answers.push(`=== ${document.uri.path} ${showPosition(position)}: ${show(item)}`);
    const upstream = (await provider.incomingCalls({ item })) ?? [];
    const downstream = (await provider.outgoingCalls({ item })) ?? [];
    answers.push(
      ...upstream.map(
        ({ from, fromRanges }) => `upstream: ${show(from)} at ${fromRanges.map(showRange).join()}`,
      ),
    );
    answers.push(...downstream.map(({ to }) => `downstream: ${show(to)}`));
  }
  return answers.join('\n');
});
