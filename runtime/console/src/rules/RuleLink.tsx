import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

const NAMED = /\brule ([a-z0-9-]+)\/([A-Za-z0-9._-]+)/;

/** Leads from a cause that names a rule to that rule's decisions. */
export function RuleLink({ cause }: { cause: string }) {
  const { t } = useTranslation();
  const named = NAMED.exec(cause);
  return named && (
    <Link to="/rules/$plugin/$name" params={{ plugin: named[1]!, name: named[2]! }} search={{ tab: 'decisions' }}>{t('rules.toRule', { rule: `${named[1]}/${named[2]}` })}</Link>
  );
}
