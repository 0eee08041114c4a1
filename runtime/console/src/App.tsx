import { useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Alert, Button, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useTranslation } from 'react-i18next';
import { api, CallError } from './api/client';
import { LogIn } from './LogIn';
import { nonce } from './parts/nonce';
import { useProblemText } from './parts/problems';
import { Shell } from './parts/Shell';
import { router } from './router';
import { ShadeChoice, themeOf, useShade } from './theme';

export function App() {
  const { i18n } = useTranslation();
  const [shade, setShade] = useShade();

  return (
    <ConfigProvider csp={{ nonce }} button={{ autoInsertSpace: false }} theme={themeOf(shade)} locale={i18n.language === 'zh' ? zhCN : enUS}>
      <ShadeChoice value={{ shade, choose: setShade }}><Page /></ShadeChoice>
    </ConfigProvider>
  );
}

/** The address stays while somebody logs in: a link leads where it should afterwards. */
function Page() {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const session = useQuery({ queryKey: ['session'], queryFn: api.session });

  if (session.error instanceof CallError && session.error.unauthorized) return <Shell><LogIn /></Shell>;
  if (session.isError) {
    return (
      <Shell>
        <Alert type="error" showIcon role="alert" title={problemText(session.error)}
          action={<Button size="small" onClick={() => void session.refetch()}>{t('error.retry')}</Button>} />
      </Shell>
    );
  }
  return session.data ? <RouterProvider router={router} /> : <Shell>{null}</Shell>;
}
