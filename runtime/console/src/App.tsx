import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useTranslation } from 'react-i18next';
import { api, CallError } from './api/client';
import { useLive } from './api/live';
import { LogIn } from './LogIn';
import { Overview } from './overview/Overview';
import { Mark } from './parts/Mark';
import { useProblemText } from './parts/problems';
import { Shell } from './parts/Shell';
import { themeOf, useShade, type Shade } from './theme';

/** The style nonce of this page's security policy; the hub makes a new one for every answer. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

export function App() {
  const { i18n } = useTranslation();
  const [shade, setShade] = useShade();

  return (
    <ConfigProvider csp={{ nonce }} button={{ autoInsertSpace: false }} theme={themeOf(shade)} locale={i18n.language === 'zh' ? zhCN : enUS}>
      <Page shade={shade} onShade={setShade} />
    </ConfigProvider>
  );
}

type Props = { shade: Shade; onShade: (shade: Shade) => void };

function Page({ shade, onShade }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const session = useQuery({ queryKey: ['session'], queryFn: api.session });

  if (session.error instanceof CallError && session.error.unauthorized) {
    return <Shell shade={shade} onShade={onShade}><LogIn /></Shell>;
  }
  if (session.isError) {
    return (
      <Shell shade={shade} onShade={onShade}>
        <Alert type="error" showIcon role="alert" title={problemText(session.error)}
          action={<Button size="small" onClick={() => void session.refetch()}>{t('error.retry')}</Button>} />
      </Shell>
    );
  }
  return session.data ? <Inside shade={shade} onShade={onShade} /> : <Shell shade={shade} onShade={onShade}>{null}</Shell>;
}

function Inside({ shade, onShade }: Props) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const connected = useLive();
  const hub = useQuery({ queryKey: ['hub'], queryFn: api.hub });
  const title = hub.data?.unitTitle;
  const logOut = useMutation({
    mutationFn: api.logOut,
    onSettled: () => {
      queries.removeQueries({ predicate: (q) => q.queryKey[0] !== 'session' });
      return queries.resetQueries({ queryKey: ['session'] });
    },
  });

  return (
    <Shell shade={shade} onShade={onShade} onLogOut={() => logOut.mutate()}
      place={title ? (i18n.language === 'zh' ? title.zh : title.en) : undefined}
      status={<span role="status"><Mark tone={connected ? 'good' : 'warn'} text={connected ? t('live.on') : t('live.off')} /></span>}>
      <Overview />
    </Shell>
  );
}
