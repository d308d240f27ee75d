import { EmptyFileSystem, URI } from 'langium';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { formatText } from './format-text.js';
import { V2gFormatter } from './lsp/formatter.js';
import { createV2gServices } from './v2g-module.js';

const UNTIDY = `
// first
import   "grid.v2g"
scenario S    "title"  horizon 17:00 to 19:00
step 10 min
travelers { charging 20 %
 v2g 10 %, value of time 30 CNY/h }



roads R {

node a at 0 0,b
  /* inner
     verbatim */
link a->b{time 7 min,capacity 1200 veh/h} // short
link b->long-name { time 14 min , capacity 900 veh/h } // long
/**
* about demand
    */
demand a->b{ 17:00 300 veh/h,
17:30 400 veh/h }
}
couple X { node a } study Y characterize { axes X at 18:00 subsidy 1 CNY }
feeder "F 1" { bus b1 bus b2 { } line b1--b2 {
r 1 ohm, x 2 ohm } }
`;

const TIDY = `// first
import "grid.v2g"
scenario S "title"
horizon 17:00 to 19:00
  step 10 min
travelers {
  charging 20 %
  v2g 10 %, value of time 30 CNY/h
}

roads R {
  node a at 0 0, b
  /* inner
     verbatim */
  link a -> b         { time 7 min,  capacity 1200 veh/h }  // short
  link b -> long-name { time 14 min, capacity 900 veh/h }   // long
  /**
   * about demand
   */
  demand a -> b {
    17:00 300 veh/h,
    17:30 400 veh/h
  }
}
couple X { node a }
study Y characterize {
  axes X at 18:00
  subsidy 1 CNY
}
feeder "F 1" {
  bus b1
  bus b2 {}
  line b1 -- b2 {
    r 1 ohm, x 2 ohm
  }
}
`;

describe('layout', () => {
  it('tidies spaces, lines, columns and comments', () => {
    expect(formatText(UNTIDY)).toBe(TIDY);
  });

  it('is a fixed point', () => {
    expect(formatText(TIDY)).toBe(TIDY);
  });

  it('keeps the line ends of the file', () => {
    expect(formatText(UNTIDY.replaceAll('\n', '\r\n'))).toBe(TIDY.replaceAll('\n', '\r\n'));
  });

  it('leaves a text with a syntax error alone', () => {
    expect(formatText('roads {\n link a ->')).toMatchObject({ message: expect.stringMatching(/line 2/) });
  });

  it('gives an editor edits that amount to the same text', () => {
    const { shared, V2g } = createV2gServices(EmptyFileSystem);
    const document = shared.workspace.LangiumDocumentFactory.fromString(UNTIDY, URI.file('/a.v2g'));
    const edits = new V2gFormatter(V2g).formatDocument(document) as Parameters<
      typeof TextDocument.applyEdits
    >[1];
    expect(TextDocument.applyEdits(TextDocument.create('file:///a.v2g', 'v2g', 0, UNTIDY), edits)).toBe(TIDY);
  });
});
