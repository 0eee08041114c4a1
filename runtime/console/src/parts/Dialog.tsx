import { ConfigProvider } from 'antd';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Props = { title: ReactNode; onClose: () => void; wide?: boolean; footer?: ReactNode; children: ReactNode };

/**
 * The browser's own modal dialog: focus stays in it, Escape closes it, and the page behind is inert. It stands for as long as
 * it is rendered. A press beside it closes it too, unless something was entered, which would be lost.
 */
export function Dialog({ title, onClose, wide = false, footer, children }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const entered = useRef(false);

  useEffect(() => {
    const dialog = box.current!;
    if (!dialog.open) dialog.showModal();
    return () => dialog.close();
  }, []);

  return (
    <dialog ref={box} className={wide ? 'dialog wide' : 'dialog'} aria-labelledby={heading}
      onCancel={(e) => {
        e.preventDefault();
        onClose();
      }}
      onInput={() => {
        entered.current = true;
      }}
      onMouseDown={(e) => {
        if (e.target === box.current && !entered.current) onClose();
      }}>
      <ConfigProvider getPopupContainer={() => box.current ?? document.body}>
        <div className="inside">
          <div className="head">
            <h2 id={heading}>{title}</h2>
            <button type="button" className="close" aria-label={t('act.close')} onClick={onClose}>
              <svg viewBox="0 0 16 16" width="16" height="16" className="line" aria-hidden="true"><path d="M3.500 3.500l9 9M12.500 3.500l-9 9" /></svg>
            </button>
          </div>
          <div className="body">{children}</div>
          {footer && <div className="foot">{footer}</div>}
        </div>
      </ConfigProvider>
    </dialog>
  );
}
