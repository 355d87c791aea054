import { type Json, isArray, isObject } from '../../../json/json.ts';

/** An object in one line: its first texts. */
export function summaryOf(value: Json): string {
  const texts: string[] = [];
  const visit = (each: Json): void => {
    if (isArray(each)) for (const inner of each) visit(inner);
    else if (isObject(each)) for (const inner of Object.values(each)) visit(inner);
    else if (each !== null && each !== '') texts.push(String(each));
  };
  visit(value);
  return texts.slice(0, 4).join(' · ').slice(0, 100);
}
