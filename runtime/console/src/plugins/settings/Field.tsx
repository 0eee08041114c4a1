import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readJson, type Json } from '../../parts/formats/json';
import { isObj, kindOf, numberOrText, objOf, resolve, SECRET, titleOf, type Schema } from './schema';

export type FieldProps = {
  name: string;
  schema: Schema;
  root: Schema;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  required?: boolean;
};

/** One setting, entered as its schema says. What isn't written is the default, which stands in the field as a hint. */
export function Field({ schema, ...rest }: FieldProps) {
  const resolved = resolve(schema, rest.root);
  const props = { ...rest, schema: resolved };
  switch (kindOf(resolved)) {
    case 'group': return <Group {...props} />;
    case 'map': return <Entries {...props} />;
    default: return <Single {...props} />;
  }
}

function useTitle(schema: Schema, name: string) {
  const { i18n } = useTranslation();
  return titleOf(schema, name, i18n.language === 'zh');
}

function Single({ name, schema, value, onChange, required }: FieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const title = useTitle(schema, name);
  const fallback = schema.default;
  const said = (v: Json) => (typeof v === 'string' ? v : Array.isArray(v) ? v.map(String).join(', ') : JSON.stringify(v));
  const hint = fallback === undefined ? '' : t('settings.default', { value: said(fallback) });

  return (
    <div className="field">
      <label htmlFor={id}>{title}{title !== name && <code>{name}</code>}{required && <span className="small">{t('settings.required')}</span>}</label>
      <div className="control">
        <Control id={id} schema={schema} value={value} onChange={onChange} />
        {value !== undefined && !required && (
          <button type="button" className="plain" onClick={() => onChange(undefined)}
            aria-label={t('settings.resetOf', { name: title })}>{t('settings.reset')}</button>
        )}
      </div>
      {hint && <p className="small">{hint}</p>}
    </div>
  );
}

type ControlProps = { id: string; schema: Schema; value: Json | undefined; onChange: (value: Json | undefined) => void };

function Control({ id, schema, value, onChange }: ControlProps) {
  const { t } = useTranslation();
  const fallback = schema.default;
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  const placeholder = typeof fallback === 'string' || typeof fallback === 'number' ? String(fallback) : undefined;

  switch (kindOf(schema)) {
    case 'secret': return (
      <Input.Password id={id} autoComplete="new-password" value={value === SECRET ? '' : text}
        placeholder={value === SECRET ? t('settings.secretKept') : t('settings.secretNone')}
        onChange={(e) => onChange(e.target.value === '' ? (value === undefined ? undefined : SECRET) : e.target.value)} />
    );
    case 'choice': {
      const options = (schema.enum as (string | number)[]).map(String);
      return (
        <select id={id} value={value === undefined ? '' : text}
          onChange={(e) => onChange(e.target.value === '' ? undefined
            : (schema.enum as (string | number)[]).find((o) => String(o) === e.target.value) ?? e.target.value)}>
          <option value="">{t('settings.asDefault')}</option>
          {!options.includes(text) && text !== '' && <option value={text}>{text}</option>}
          {options.map((o) => <option key={o} value={o}>{o}</option>)}
        </select>
      );
    }
    case 'flag': return (
      <select id={id} value={value === undefined ? '' : text}
        onChange={(e) => onChange(e.target.value === '' ? undefined : e.target.value === 'true')}>
        <option value="">{t('settings.asDefault')}</option>
        <option value="true">{t('settings.yes')}</option>
        <option value="false">{t('settings.no')}</option>
      </select>
    );
    case 'number': return (
      <Input id={id} inputMode="decimal" value={text} placeholder={placeholder} onChange={(e) => onChange(numberOrText(e.target.value))} />
    );
    case 'text': return (
      <Input id={id} spellCheck={false} value={text} placeholder={placeholder}
        onChange={(e) => onChange(e.target.value === '' ? undefined : e.target.value)} />
    );
    case 'list': return <Lines id={id} schema={schema} value={value} onChange={onChange} />;
    default: return <JsonText id={id} value={value} onChange={onChange} />;
  }
}

/** A list of texts or numbers, one a line. */
function Lines({ id, schema, value, onChange }: ControlProps) {
  const numbers = objOf(schema.items).type !== 'string';
  const lines = Array.isArray(value) ? value.map((v) => (typeof v === 'string' ? v : JSON.stringify(v))).join('\n') : '';
  const [typed, setTyped] = useState(lines);
  return (
    <Input.TextArea id={id} rows={Math.min(6, Math.max(2, typed.split('\n').length))} spellCheck={false} value={value === undefined ? '' : typed}
      onChange={(e) => {
        setTyped(e.target.value);
        const read = e.target.value.split('\n').map((l) => l.trim()).filter((l) => l !== '');
        onChange(read.length === 0 ? undefined : read.map((l) => (numbers ? numberOrText(l) ?? l : l)));
      }} />
  );
}

/** What no form is made for, as JSON; it is taken over whenever it can be read. */
function JsonText({ id, value, onChange }: Omit<ControlProps, 'schema'>) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value === undefined ? '' : JSON.stringify(value, null, 2));
  const bad = typed.trim() !== '' && readJson(typed) === undefined;
  return (
    <>
      <Input.TextArea id={id} className="mono" autoSize={{ minRows: 2, maxRows: 16 }} spellCheck={false} value={value === undefined && !bad ? '' : typed}
        status={bad ? 'error' : ''} aria-invalid={bad}
        onChange={(e) => {
          setTyped(e.target.value);
          const read = readJson(e.target.value);
          if (e.target.value.trim() === '') onChange(undefined);
          else if (read !== undefined) onChange(read);
        }} />
      {bad && <p className="cause" role="alert">{t('settings.badJson')}</p>}
    </>
  );
}

function Group(props: FieldProps) {
  const title = useTitle(props.schema, props.name);
  return (
    <fieldset className="group">
      <legend>{title}{title !== props.name && <code>{props.name}</code>}</legend>
      <Members {...props} />
    </fieldset>
  );
}

/** The fields of an object, and what stands in it beside them, which is kept. */
export function Members({ schema, root, value, onChange, keepEmpty = false }: Omit<FieldProps, 'name'> & { keepEmpty?: boolean }) {
  const now = objOf(value);
  const required = Array.isArray(schema.required) ? schema.required : [];
  const change = (name: string, next: Json | undefined) => {
    const { [name]: _, ...others } = now;
    const result = next === undefined ? others : { ...now, [name]: next };
    onChange(Object.keys(result).length === 0 && !keepEmpty && value === undefined ? undefined : result);
  };
  return Object.entries(objOf(schema.properties)).map(([name, s]) => isObj(s) && (
    <Field key={name} name={name} schema={s} root={root} value={now[name]} required={required.includes(name)} onChange={(v) => change(name, v)} />
  ));
}

/** A map: entries under names of their own, each folded until it is looked at. */
function Entries({ name, schema, root, value, onChange }: FieldProps) {
  const { t } = useTranslation();
  const title = useTitle(schema, name);
  const now = objOf(value);
  const entry = resolve(objOf(schema.additionalProperties), root);
  const [added, setAdded] = useState('');
  const [filter, setFilter] = useState('');
  const all = Object.entries(now);
  const shown = all.filter(([key, v]) => !filter || `${key} ${JSON.stringify(v)}`.toLowerCase().includes(filter.toLowerCase()));
  const change = (key: string, next: Json | undefined) => {
    const { [key]: _, ...others } = now;
    onChange(next === undefined ? others : { ...now, [key]: next });
  };
  const add = () => {
    const key = added.trim();
    if (key === '' || key in now) return;
    const kind = kindOf(entry);
    onChange({ ...now, [key]: kind === 'group' || kind === 'map' ? {} : kind === 'list' ? [] : '' });
    setAdded('');
    setFilter(key);
  };

  return (
    <fieldset className="group">
      <legend>{title}{title !== name && <code>{name}</code>} <span className="small">{t('settings.entries', { count: all.length })}</span></legend>
      <div className="rowform">
        {all.length > 8 && (
          <label><span>{t('settings.filter')}</span><Input value={filter} allowClear onChange={(e) => setFilter(e.target.value)} /></label>
        )}
        <label>
          <span>{t('settings.newName')}</span>
          <Input value={added} spellCheck={false} onChange={(e) => setAdded(e.target.value)} onPressEnter={(e) => {
            e.preventDefault();
            add();
          }} />
        </label>
        <Button onClick={add} disabled={added.trim() === '' || added.trim() in now}>{t('settings.add')}</Button>
      </div>
      <div className="entries">
        {shown.map(([key, v]) => (kindOf(entry) === 'group' ? (
          <details key={key} open={shown.length === 1}>
            <summary><b>{key}</b> <span className="small">{brief(v)}</span></summary>
            <Members schema={entry} root={root} value={v} keepEmpty onChange={(next) => change(key, next ?? {})} />
            <Button size="small" danger aria-label={t('settings.removeOf', { name: key })} onClick={() => change(key, undefined)}>{t('settings.remove')}</Button>
          </details>
        ) : (
          <div key={key} className="entry">
            <Field name={key} schema={entry} root={root} value={v} required onChange={(next) => change(key, next ?? '')} />
            <Button size="small" danger aria-label={t('settings.removeOf', { name: key })} onClick={() => change(key, undefined)}>{t('settings.remove')}</Button>
          </div>
        )))}
      </div>
    </fieldset>
  );
}

/** An entry in one line. */
function brief(value: Json): string {
  return isObj(value) ? Object.values(value).map((v) => (typeof v === 'object' ? JSON.stringify(v) : String(v))).join(' · ') : JSON.stringify(value);
}
