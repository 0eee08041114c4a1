import { useId, useState } from 'react';
import { useNames } from '../api/queries';
import { useTree } from './tree';

type Props = { label: string; unit: string | undefined; bureausOnly?: boolean; onChange: (unit: string) => void };

/** A unit by its code or name, as the browser completes it: there are too many for a list. */
export function UnitPicker({ label, unit, bureausOnly = false, onChange }: Props) {
  const names = useNames();
  const tree = useTree();
  const list = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const named = (code: string, name: string) => `${code} ${name}`;
  const all = (tree?.units ?? []).filter((u) => !bureausOnly || u.level !== 'INSTITUTION');
  const now = tree?.find(unit);
  const choose = (text: string) => {
    setTyped(text);
    const found = all.find((u) => named(u.code, names.zh ? u.name : u.nameEn) === text.trim() || u.code === text.trim());
    if (!found) return;
    setTyped(null);
    onChange(found.code);
  };
  return (
    <label className="choice unit-picker">
      <span>{label}</span>
      <input list={list} value={typed ?? (now ? named(now.code, names.zh ? now.name : now.nameEn) : unit ?? '')}
        onFocus={(e) => e.target.select()} onBlur={() => setTyped(null)} onChange={(e) => choose(e.target.value)} />
      <datalist id={list}>{all.map((u) => <option key={u.code} value={named(u.code, names.zh ? u.name : u.nameEn)} />)}</datalist>
    </label>
  );
}
