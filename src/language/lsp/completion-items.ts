/** The items of one completion: names, keywords, properties, units, times and blocks that fit at the cursor. */
import type { IToken } from 'chevrotain';
import type { AstReflection } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import type { CompletionItem, Range } from 'vscode-languageserver-types';
import { CompletionItemKind, InsertTextFormat } from 'vscode-languageserver-types';
import { axesOf, isSweep } from '../axes.js';
import { isStudy, type Study } from '../generated/ast.js';
import { importedUris } from '../imports.js';
import { quoteName } from '../parser.js';
import type { ProgramDocument } from '../program.js';
import type { PropertyRule } from '../properties.js';
import { PROPERTIES, SHAPED_BLOCKS } from '../properties.js';
import { unitsFor } from '../quantities.js';
import { formatTime, parseTime } from '../time.js';
import { isStudyKind, STUDY_ENTRIES } from '../validation/studies.js';
import { dimensionsAt, givenKeys, rulesAt } from './completion-dimensions.js';
import type { CompletionSlice } from './completion-slice.js';
import type { EntryProgram } from './entry-program.js';
import { describeRule } from './hover-property.js';
import { KEYWORD_HELP } from './keyword-help.js';
import type { Snippet } from './snippets.js';
import { MEMBER_SNIPPETS, plainText, TOP_LEVEL_SNIPPETS } from './snippets.js';

export interface CompletionSituation {
  readonly slice: CompletionSlice;
  /** Tokens behind the cursor in the same block: what is given there is not offered again. */
  readonly behind: readonly IToken[];
  readonly program: EntryProgram;
  readonly document: ProgramDocument;
  /** What the item replaces: the word before the cursor. */
  readonly range: Range;
  /** The editor understands placeholders. */
  readonly snippets: boolean;
  readonly services: LangiumServices;
}

/** Rule and property of the grammar in which a keyword or terminal stands. */
export interface GrammarPlace {
  readonly rule: string;
  readonly property: string;
}

/** Studies are named where one refers to the region of another. */
const hasOneRegion = (study: Study): boolean => study.kind === 'characterize' && !isSweep(axesOf(study));

/** Most offered times; a horizon in seconds would offer thousands. */
const MOST_TIMES = 300;

const COMMON_CURRENCIES = ['CNY', 'EUR', 'USD', 'GBP', 'JPY'];

export class CompletionItems {
  private readonly items = new Map<string, CompletionItem>();
  private readonly reflection: AstReflection;

  constructor(private readonly at: CompletionSituation) {
    this.reflection = at.services.shared.AstReflection;
  }

  all(): CompletionItem[] {
    return [...this.items.values()];
  }

  addKeyword(keyword: string, place: GrammarPlace): void {
    if ((this.needsUnit() || this.at.slice.inside.at(-1)?.image === 'up') && keyword !== 'to') return;
    if (place.rule === 'Property' && place.property === 'key') return this.addProperty(keyword);
    if (keyword === 'of' || (keyword === 'time' && place.rule === 'Property')) {
      if (this.at.slice.inside.at(-1)?.image === 'value' || keyword === 'time') this.add(keyword, 'keyword');
      return;
    }
    if (keyword === 'up') return this.addUpTo();
    if (keyword === 'to' && place.rule === 'Amount' && !this.mayHaveEnd()) return;
    if (keyword === 'shape' && (!this.mayHaveShape() || this.followsKey())) return;
    if (!/\w|->|--/.test(keyword) || !this.fitsStudy(keyword)) return;
    this.add(keyword, 'keyword', { documentation: KEYWORD_HELP[keyword] });
    const { declaration, block } = this.at.slice;
    const snippets = declaration === undefined ? TOP_LEVEL_SNIPPETS : MEMBER_SNIPPETS[declaration];
    // In a bus, `shape` names one; in a feeder it opens one.
    const opens = keyword !== 'shape' || block === 'feeder';
    if (opens) for (const snippet of snippets?.[keyword] ?? []) this.addSnippet(snippet);
  }

  addNames(kind: string): void {
    const { document, services } = this.at;
    const index = services.shared.workspace.IndexManager;
    const visible = [document.uri, ...importedUris(document)].map((uri) => uri.toString());
    for (const { name, type, documentUri, node } of index.allElements(kind, new Set(visible))) {
      if (!this.reflection.isSubtype(type, kind) || (isStudy(node) && !hasOneRegion(node))) continue;
      const own = documentUri.toString() === visible[0];
      this.add(quoteName(name), 'name', {
        kind: services.shared.lsp.NodeKindProvider.getCompletionItemKind({ type } as never),
        detail: own ? undefined : documentUri.path.split('/').at(-1),
      });
    }
  }

  addTerminal(terminal: string, place: GrammarPlace): void {
    if (terminal === 'TIME') this.addTimes(place);
    if (place.rule === 'Quantity' && (terminal === 'UNIT' || terminal === 'ID')) this.addUnits();
    if (place.rule === 'CurrencyChoice' && terminal === 'ID') {
      for (const code of COMMON_CURRENCIES) this.add(code, 'unit', { detail: 'currency' });
    }
  }

  /** Entries of a study that its kind takes. */
  private fitsStudy(keyword: string): boolean {
    const { declaration, tokens } = this.at.slice;
    const entry = STUDY_ENTRIES.find(({ word }) => word === keyword);
    if (declaration !== 'study' || !entry) return true;
    const brace = tokens.findIndex(({ image }) => image === '{');
    const kind = tokens[brace - 1]?.image;
    return !isStudyKind(kind) || entry.kinds.includes(kind);
  }

  /** A number that still lacks its unit: nothing but a unit, or the upper end, may follow. */
  private needsUnit(): boolean {
    const { tokens } = this.at.slice;
    if (tokens.at(-1)?.tokenType.name !== 'NUMBER') return false;
    const dimensions = dimensionsAt(this.at.slice);
    return dimensions.length > 0 && !dimensions.includes('number');
  }

  private addProperty(key: string): void {
    const { block, inside } = this.at.slice;
    const word = key === 'value' ? 'value of time' : key;
    const rules = block ? PROPERTIES[block].filter((rule) => rule.key === word) : [];
    if (this.followsKey()) return;
    if (!block || rules.length === 0 || givenKeys(block, [...inside, ...this.at.behind]).has(word)) return;
    this.add(word, 'property', {
      documentation: rules.map(describeRule).join('\n\n'),
      detail: rules[0].required ? 'must be given' : `left out: ${rules[0].default ?? 'nothing'}`,
      text: withPlaceholder(rules[0], this.at.program.currency),
    });
  }

  /** Behind the name of a property stands its value, not the next name. */
  private followsKey(): boolean {
    const { block, inside } = this.at.slice;
    const last = inside.at(-1)?.image;
    return block !== undefined && PROPERTIES[block].some(({ key }) => key?.split(' ').includes(last ?? ''));
  }

  private addUpTo(): void {
    const { block, inside } = this.at.slice;
    const last = inside.at(-1)?.image;
    if (!this.followsKey() && last !== undefined && last !== ',') return;
    const rules = block ? rulesAt(block, inside) : [];
    if (rules.some(({ form }) => form === 'upTo' || form === 'range' || form === 'band'))
      this.add('up to', 'keyword');
  }

  /** After a number: the value may be the lower end of a range. */
  private mayHaveEnd(): boolean {
    const { block, inside } = this.at.slice;
    if (inside.at(-1)?.image === 'up') return true;
    if (!['NUMBER', 'UNIT', 'ID'].includes(inside.at(-1)?.tokenType.name ?? '')) return false;
    return (
      block !== undefined && rulesAt(block, inside).some(({ form }) => form === 'range' || form === 'band')
    );
  }

  private mayHaveShape(): boolean {
    const { block, inside } = this.at.slice;
    if (block === undefined || block === 'feeder') return true;
    return SHAPED_BLOCKS.has(block) && !inside.some(({ image }) => image === 'shape');
  }

  private addUnits(): void {
    if (this.at.slice.tokens.at(-1)?.tokenType.name !== 'NUMBER') return;
    dimensionsAt(this.at.slice).forEach((dimension, order) => {
      unitsFor(dimension, this.at.program.currency).forEach((unit, rank) => {
        if (unit !== '') this.add(unit, 'unit', { detail: 'unit', sortText: `0${order}${rank}` });
      });
    });
  }

  private addTimes({ rule, property }: GrammarPlace): void {
    const { slice, program } = this.at;
    // A range of times ends after it begins.
    const begin = property === 'until' ? parseTime(slice.inside.findLast(isTime)?.image) : undefined;
    const steps = rule === 'Step' || rule === 'Property' || rule === 'Entry';
    if (steps && slice.block && !rulesAt(slice.block, slice.inside).some(takesSteps)) return;
    const { grid } = program;
    if (!grid || !(grid.stepMinutes > 0)) return;
    for (let index = 0; index < MOST_TIMES; index++) {
      const minutes = grid.startMinutes + index * grid.stepMinutes;
      if (minutes >= grid.endMinutes && rule !== 'Horizon') break;
      if (minutes > grid.endMinutes) break;
      if (begin !== undefined && minutes <= begin) continue;
      // Times are written in whole minutes.
      if (Number.isInteger(minutes)) {
        this.add(formatTime(minutes), 'time', {
          detail: `interval ${index}`,
          sortText: `1${String(index).padStart(4, '0')}`,
        });
      }
    }
  }

  private addSnippet({ label, detail, text }: Snippet): void {
    const currency = this.at.program.currency;
    this.add(label, 'snippet', {
      detail,
      text: text.replaceAll('CNY', currency),
      filterText: label,
      sortText: `3${label}`,
    });
  }

  private add(label: string, kind: keyof typeof KINDS, more: ItemParts = {}): void {
    const { range, snippets } = this.at;
    const { text, documentation, ...rest } = more;
    const newText = text === undefined ? label : snippets ? text : plainText(text);
    this.items.set(`${kind} ${label}`, {
      label,
      kind: KINDS[kind],
      sortText: `2${label}`,
      ...rest,
      ...(documentation ? { documentation: { kind: 'markdown', value: documentation } } : {}),
      ...(text !== undefined && snippets ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
      textEdit: { range, newText },
    });
  }
}

interface ItemParts extends Pick<CompletionItem, 'detail' | 'kind' | 'sortText' | 'filterText'> {
  readonly documentation?: string;
  /** In snippet syntax. */
  readonly text?: string;
}

const KINDS = {
  keyword: CompletionItemKind.Keyword,
  name: CompletionItemKind.Reference,
  property: CompletionItemKind.Property,
  unit: CompletionItemKind.Unit,
  time: CompletionItemKind.Value,
  snippet: CompletionItemKind.Snippet,
} as const;

function takesSteps({ form }: PropertyRule): boolean {
  return form === 'profile' || form === 'steps';
}

/** The example of a rule with its first number as a placeholder: `capacity ${1:1800} veh/h`. */
function withPlaceholder({ example }: PropertyRule, currency: string): string {
  return example.replace(/\d+(\.\d+)?/, '${1:$&}').replace('CNY', currency);
}

function isTime({ tokenType }: IToken): boolean {
  return tokenType.name === 'TIME';
}
