import { useTranslation } from 'react-i18next';
import { readCell, readValue, tokens, type Test } from './feel';

/** FEEL as it is written, in colours. */
export function FeelText({ text }: { text: string }) {
  return <pre className="feel" tabIndex={0}><Coloured text={text} /></pre>;
}

export function Coloured({ text }: { text: string }) {
  return <>{tokens(text).map((token, i) => (token.kind === 'sign' ? token.text : <span key={i} className={token.kind}>{token.text}</span>))}</>;
}

/** A condition as people say it; what is written in the file stands behind it as a hint. */
export function When({ text }: { text: string }) {
  const { t } = useTranslation();
  const value = useValue();
  const cell = readCell(text);
  if (cell.kind === 'any') return <span className="any">{t('rules.any')}</span>;
  if (cell.kind === 'feel') return <code><Coloured text={cell.text} /></code>;
  const said = cell.tests.map((test) => words(test, value)).join(t('rules.or'));
  return <span title={text}>{cell.not ? t('rules.not', { said }) : said}</span>;
}

function words(test: Test, value: (text: string) => string): string {
  switch (test.kind) {
    case 'is': return value(test.value);
    case 'compare': return `${test.sign} ${value(test.value)}`;
    case 'range': return `${test.fromIn ? '[' : '('}${value(test.from)} – ${value(test.to)}${test.toIn ? ']' : ')'}`;
  }
}

/** What a row answers: a value by its name, or the expression. */
export function Then({ text }: { text: string }) {
  const value = useValue();
  const said = readValue(text);
  return said === undefined ? <code><Coloured text={text} /></code> : <span title={text}>{value(said)}</span>;
}

/** A value as the reader's language says it. */
export function useValue() {
  const { t } = useTranslation();
  return (text: string) => {
    switch (text) {
      case 'true': return t('rules.yes');
      case 'false': return t('rules.no');
      case 'null': return t('rules.nothing');
      case '': return t('rules.emptyText');
      default: return text;
    }
  };
}
