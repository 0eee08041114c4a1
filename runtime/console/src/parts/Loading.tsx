import { Skeleton } from 'antd';

export function Loading() {
  return <section className="panel" aria-busy="true"><Skeleton active /></section>;
}
