import type { Fault, Problem } from '../base/problem.ts';
import { placeJson, positionsIn } from '../json/positions.ts';
import type { RawRecord } from '../read/records.ts';
import { severityOf } from './severity.ts';

/** Adds line and column to each fault; the text is parsed with positions once, and only if there is a fault. */
export function reportFaults(raw: RawRecord, faults: readonly Fault[], report: (problem: Problem) => void): void {
  if (faults.length === 0) return;
  const { written } = raw;
  const placed = written ?? (faults.some((fault) => fault.offset === undefined) ? placeJson(raw.text) : undefined);
  const positionOf = positionsIn(written?.text ?? raw.text);
  for (const fault of faults) {
    const offset =
      fault.offset ??
      (placed !== undefined && 'offsetOf' in placed ? placed.offsetOf(fault.shownAt ?? fault.pointer, fault.atKey) : 0);
    const { line, column } = positionOf(offset);
    report({
      file: raw.file.shown,
      line: raw.line === 0 || written !== undefined ? line : raw.line + line - 1,
      column,
      pointer: fault.shownAt ?? fault.pointer,
      rule: fault.rule,
      severity: severityOf(fault),
      message: fault.message,
      hint: fault.hint,
    });
  }
}
