/** A text, or a number with all that may stand behind it. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** Whether it is worth a look: most answers hold no long number at all. */
const LONG = /\d[\d.]{15}/;
/** As many digits a double keeps of any number. */
const DIGITS = 15;

/** Put before the digits of a number that is a text only because a double would round it. */
export const NUMBER = '\u0001';

/**
 * JSON in which every number with more digits than a double keeps is a text of just these digits, so that reading it loses none.
 * With a mark the texts can be told from those that were texts before, and `asNumbers` makes numbers of them again.
 */
export function exactly(json: string, mark = ''): string {
  if (!LONG.test(json)) return json;
  const written = JSON.stringify(mark).slice(1, -1);
  return json.replace(TOKEN, (token) => {
    if (token.startsWith('"')) return token;
    const digits = token.replace(/[eE].*$/, '').replace(/[-.]/g, '').replace(/^0+/, '');
    return digits.length > DIGITS ? `"${written}${token}"` : token;
  });
}

/** What `exactly` has marked, as the numbers that they are. */
export function asNumbers(json: string): string {
  return json.replaceAll(/"\\u0001([^"]*)"/g, '$1');
}
