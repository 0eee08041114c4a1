import { useRouter } from '@tanstack/react-router';
import type { KeyboardEvent, MouseEvent } from 'react';

/**
 * A table whose cells are links by the hundred: one stop of the Tab key for all of them, arrows go from cell to cell, and a click is
 * the router's. Its links have the class `to` and the tabIndex -1 but for the first.
 */
export function useCellLinks() {
  const router = useRouter();
  return {
    onClick: (e: MouseEvent<HTMLElement>) => {
      const link = (e.target as Element).closest<HTMLAnchorElement>('a.to');
      if (!link || e.defaultPrevented || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
      e.preventDefault();
      router.history.push(link.getAttribute('href')!);
    },
    onKeyDown: (e: KeyboardEvent<HTMLElement>) => {
      const move = MOVES[e.key];
      const from = (e.target as Element).closest<HTMLAnchorElement>('a.to');
      const cell = from?.closest<HTMLTableCellElement>('td, th');
      if (!move || !cell || e.ctrlKey || e.metaKey || e.altKey) return;
      e.preventDefault();
      const rows = [...cell.closest('table')!.rows];
      const [down, right] = move;
      let row = rows.indexOf(cell.parentElement as HTMLTableRowElement);
      let column = cell.cellIndex;
      for (;;) {
        row += down;
        column += right;
        const next = rows[row]?.cells[column];
        if (!next) return;
        const to = next.querySelector<HTMLAnchorElement>('a.to');
        if (to) {
          from!.tabIndex = -1;
          to.tabIndex = 0;
          to.focus();
          return;
        }
      }
    },
  };
}

const MOVES: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
