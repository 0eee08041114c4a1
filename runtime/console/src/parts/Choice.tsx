type Option<T extends string> = { value: T; label: string };
type Props<T extends string> = {
  label: string;
  hidden?: boolean;
  value: T;
  options: Option<T>[];
  onChange: (value: T) => void;
};

/** One of several, as the browser offers it: right on a phone, with a keyboard and with a screen reader. */
export function Choice<T extends string>({ label, hidden = false, value, options, onChange }: Props<T>) {
  const select = (
    <select aria-label={hidden ? label : undefined} value={value} onChange={(e) => onChange(e.target.value as T)}>
      {options.map((o) => <option key={o.value} value={o.value}>{o.label}</option>)}
    </select>
  );
  return hidden ? select : <label className="choice"><span>{label}</span>{select}</label>;
}
