import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useContext, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetricsHistory } from '../api/client';
import { useClock } from '../parts/clock';
import { useSpans } from '../parts/spans';
import { ShadeChoice } from '../theme';
import { rates, values } from './series';

use([LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** Two charts over one span. A tooltip is drawn into the canvas: the page's security policy takes no styles in texts. */
export function Lines({ history }: { history: MetricsHistory }) {
  const { t, i18n } = useTranslation();
  const { number } = useSpans();
  const { zone } = useClock();
  const { shade } = useContext(ShadeChoice);
  const left = useRef<HTMLDivElement>(null);
  const right = useRef<HTMLDivElement>(null);
  const charts = useRef<EChartsType[]>([]);

  useEffect(() => {
    charts.current = [left.current!, right.current!].map((box) => init(box));
    const seen = new ResizeObserver(() => charts.current.forEach((chart) => chart.resize()));
    [left, right].forEach((box) => seen.observe(box.current!));
    return () => {
      seen.disconnect();
      charts.current.forEach((chart) => chart.dispose());
    };
  }, []);

  useEffect(() => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
    const time = new Intl.DateTimeFormat(i18n.language === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false });
    const line = (name: string, data: [number, number | null][], at: string, type: 'solid' | 'dashed' = 'solid') => ({
      name, data, type: 'line' as const, showSymbol: false, connectNulls: false, animation: false, lineStyle: { width: 2, type, color: colour(at) }, itemStyle: { color: colour(at) },
    });
    const common = (unit: string) => ({
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 12, top: 34, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, icon: 'roundRect', itemWidth: 14, itemHeight: 4, textStyle: { color: colour('soft') } },
      tooltip: {
        trigger: 'axis' as const, renderMode: 'richText' as const, confine: true, backgroundColor: colour('panel'), borderColor: colour('edge-strong'),
        textStyle: { color: colour('text'), fontSize: 12 },
        axisPointer: { lineStyle: { color: colour('edge-strong') } },
        valueFormatter: (v: unknown) => (typeof v === 'number' ? `${number(v, 2)} ${unit}` : '–'),
      },
      xAxis: {
        type: 'time' as const, axisLabel: { color: colour('soft'), formatter: (at: number) => time.format(at), hideOverlap: true },
        axisLine: { lineStyle: { color: colour('edge-strong') } }, axisTick: { show: false },
      },
      yAxis: {
        type: 'value' as const, min: 0, axisLabel: { color: colour('soft'), formatter: (v: number) => number(v, 1) },
        splitLine: { lineStyle: { color: colour('edge') } },
      },
    });
    charts.current[0]?.setOption({
      ...common('/s'),
      series: [line(t('charts.received'), rates(history, (p) => p.received), 'water'),
        line(t('charts.delivered'), rates(history, (p) => p.delivered), 'good', 'dashed'),
        line(t('charts.stopped'), rates(history, (p) => p.refused + p.dead), 'bad')],
    });
    charts.current[1]?.setOption({
      ...common('ms'),
      series: [line(t('charts.p50'), values(history, (p) => p.p50Ms), 'water'), line(t('charts.p95'), values(history, (p) => p.p95Ms), 'warn', 'dashed')],
    });
  }, [history, shade, i18n.language, zone, t, number]);

  return (
    <div className="pair">
      <figure><figcaption>{t('charts.throughput')}</figcaption><div ref={left} className="lines-room" role="img" aria-label={t('charts.throughputLabel')} /></figure>
      <figure><figcaption>{t('charts.latencyHeading')}</figcaption><div ref={right} className="lines-room" role="img" aria-label={t('charts.latencyLabel')} /></figure>
    </div>
  );
}
