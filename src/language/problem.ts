/** What a check reports: a diagnostic before it is bound to a document. */
import type { AstNode, ValidationSeverity } from 'langium';
import type { DiagnosticCode } from './codes.js';

export interface Problem {
  readonly severity: Extract<ValidationSeverity, 'error' | 'warning'>;
  readonly code: DiagnosticCode;
  readonly message: string;
  /** What to underline: a property of the node, a keyword in it, or all of it. */
  readonly node: AstNode;
  readonly property?: string;
  readonly index?: number;
  readonly keyword?: string;
  /** For quick fixes; values that can be sent over the protocol. */
  readonly data?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  /** Other places that the message speaks of. */
  readonly related?: readonly { readonly node: AstNode; readonly message: string }[];
}

export type Report = (problem: Problem) => void;
