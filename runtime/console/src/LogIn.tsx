import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from './api/client';
import { Logo } from './parts/Logo';
import { useProblemText } from './parts/problems';
import { River } from './parts/River';

/** Where somebody shows a token; it is exchanged for a session and forgotten. */
export function LogIn() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const problemText = useProblemText();
  const logIn = useMutation({
    mutationFn: api.logIn,
    onSuccess: (session) => queries.setQueryData(['session'], session),
  });

  return (
    <div className="login">
      <River className="river" />
      <section className="panel" aria-labelledby="login-heading">
        <Logo size={48} />
        <h1 id="login-heading">{t('app.name')}</h1>
        <p className="motto">{t('app.motto')}</p>
        <Form<{ token: string }> layout="vertical" requiredMark={false}
          onFinish={({ token }) => logIn.mutate(token.trim())}>
          <Form.Item name="token" label={t('logIn.token')} extra={t('logIn.hint')}
            rules={[{ required: true, whitespace: true, message: t('logIn.empty') }]}>
            <Input.Password autoFocus autoComplete="off" spellCheck={false} />
          </Form.Item>
          {logIn.isError && <Alert type="error" showIcon role="alert" title={problemText(logIn.error)} />}
          <Button type="primary" htmlType="submit" block loading={logIn.isPending}>{t('logIn.submit')}</Button>
        </Form>
        <p className="small">{t('logIn.privacy')}</p>
      </section>
    </div>
  );
}
