/** One segment of an HL7 v2 message: its name and its fields, numbered as the standard does. */
export type Segment = { name: string; fields: Field[] };
export type Field = { number: number; value: string; components: string[] };

/**
 * Takes an HL7 v2 message apart by the delimiters that its MSH names. Nothing is unescaped: what is shown is what was sent.
 * Null when it doesn't begin with MSH.
 */
export function readHl7(text: string): Segment[] | null {
  const clean = text.replace(/^[\u000b\s]+/, '').replace(/[\u001c\s]+$/, '');
  if (!clean.startsWith('MSH') || clean.length < 8) return null;
  const field = clean[3]!;
  const component = clean[4]!;
  return clean.split(/\r\n|\r|\n/).filter((line) => line !== '').map((line) => {
    const [name = '', ...rest] = line.split(field);
    // MSH-1 is the separator itself, MSH-2 is taken as it stands
    const values = name === 'MSH' ? [field, ...rest] : rest;
    return {
      name,
      fields: values.map((value, i) => ({
        number: i + 1,
        value,
        components: name === 'MSH' && i < 2 ? [value] : value.split(component),
      })).filter((f) => f.value !== ''),
    };
  });
}
