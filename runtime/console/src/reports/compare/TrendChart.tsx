import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useContext, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormTrend } from '../../api/reporting';
import { useNames } from '../../api/queries';
import { ShadeChoice } from '../../theme';
import { useFigures } from '../figures';

use([LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

const COLOURS = ['water', 'warn', 'good', 'bad'];
const DASHES = ['solid', 'dashed', 'dotted', [10, 4, 2, 4]] as const;
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'];

/** A line for each indicator; two units of measure have an axis each. What it draws stands in the table below it. */
export function TrendChart({ trend }: { trend: FormTrend }) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const { short, number } = useFigures();
  const { shade } = useContext(ShadeChoice);
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);

  useEffect(() => {
    chart.current = init(box.current!);
    const seen = new ResizeObserver(() => chart.current?.resize());
    seen.observe(box.current!);
    return () => {
      seen.disconnect();
      chart.current?.dispose();
    };
  }, []);

  useEffect(() => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
    const measures = [...new Set(trend.series.map((s) => s.indicator.unit ?? ''))].slice(0, 2);
    chart.current?.setOption({
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 12, top: 52, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 26, textStyle: { color: colour('text') } },
      tooltip: {
        trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: colour('panel'), borderColor: colour('edge-strong'),
        textStyle: { color: colour('text'), fontSize: 12 }, axisPointer: { lineStyle: { color: colour('edge-strong') } },
        valueFormatter: (v: unknown) => (typeof v === 'number' ? number(v, 2) : '–'),
      },
      xAxis: {
        type: 'category', data: trend.periods, axisLabel: { color: colour('soft'), hideOverlap: true },
        axisLine: { lineStyle: { color: colour('edge-strong') } }, axisTick: { show: false },
      },
      yAxis: measures.map((m, i) => ({
        type: 'value', name: m, position: i === 0 ? 'left' : 'right', scale: true, nameTextStyle: { color: colour('soft') },
        axisLabel: { color: colour('soft'), formatter: (v: number) => short(v) }, splitLine: i === 0 ? { lineStyle: { color: colour('edge') } } : { show: false },
      })),
      series: trend.series.map((s, i) => ({
        name: names.title(s.indicator.title), type: 'line', data: s.values, connectNulls: false, symbol: SYMBOLS[i % 4], symbolSize: 7,
        yAxisIndex: Math.max(0, measures.indexOf(s.indicator.unit ?? '')),
        lineStyle: { width: 2, type: DASHES[i % 4], color: colour(COLOURS[i % 4]!) }, itemStyle: { color: colour(COLOURS[i % 4]!) },
      })),
    }, { notMerge: true });
  }, [trend, shade, i18n.language, names.zh, t]);

  return <div ref={box} className="trend-room" role="img" aria-label={t('trend.chart', { names: trend.series.map((s) => names.title(s.indicator.title)).join(', ') })} />;
}
