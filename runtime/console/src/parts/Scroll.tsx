import type { ReactNode } from 'react';

/** What may be wider than the page: it scrolls by itself, by keyboard too. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return <div className="scroll" tabIndex={0} role="group" aria-label={label}>{children}</div>;
}
