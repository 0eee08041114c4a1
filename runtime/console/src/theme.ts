import { theme, type ThemeConfig } from 'antd';
import { createContext, useEffect, useState } from 'react';

export type Shade = 'light' | 'dark';

/** The shade that holds, and how to choose the other one. */
export const ShadeChoice = createContext<{ shade: Shade; choose: (shade: Shade) => void }>({ shade: 'light', choose: () => {} });

const KEY = 'yuzui.shade';
const FONT = "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', "
  + "'Noto Sans CJK SC', sans-serif";

/** The colours of water at Dujiangyan: a deep blue-green, pale banks, nothing loud. All pairs of text and ground keep 4.5:1. */
const COLOURS = {
  light: {
    colorPrimary: '#0b6684',
    colorLink: '#0b6684',
    colorBgLayout: '#f2f7f9',
    colorBgContainer: '#ffffff',
    colorText: '#12303c',
    colorTextSecondary: '#4b6570',
    colorTextDescription: '#4b6570',
    colorTextPlaceholder: '#5f7782',
    colorError: '#a3261c',
    colorErrorBg: '#fceae7',
    colorErrorBorder: '#e6b4ae',
    colorWarningBg: '#fdf0da',
    colorWarningBorder: '#e5c58f',
    colorBorder: '#c3d4db',
    colorBorderSecondary: '#dfe9ed',
  },
  dark: {
    colorPrimary: '#58b7d3',
    colorLink: '#7fcbe2',
    colorBgLayout: '#0b171d',
    colorBgContainer: '#12232b',
    colorBgElevated: '#182d37',
    colorText: '#e2eef2',
    colorTextSecondary: '#a3bac3',
    colorTextDescription: '#a3bac3',
    colorTextPlaceholder: '#8aa2ac',
    colorTextLightSolid: '#06222c',
    colorError: '#ff8f84',
    colorErrorBg: '#47201c',
    colorErrorBorder: '#7d3a33',
    colorWarningBg: '#402f12',
    colorWarningBorder: '#6f5526',
    colorBorder: '#2d4650',
    colorBorderSecondary: '#213841',
  },
} as const;

export function themeOf(shade: Shade): ThemeConfig {
  return {
    algorithm: shade === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: { ...COLOURS[shade], fontFamily: FONT, borderRadius: 8, controlHeight: 36, wireframe: false },
  };
}

function preferred(): Shade {
  const kept = localStorage.getItem(KEY);
  if (kept === 'light' || kept === 'dark') return kept;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** The shade that somebody chose, or the one of their system. */
export function useShade(): [Shade, (shade: Shade) => void] {
  const [shade, setShade] = useState<Shade>(preferred);

  useEffect(() => {
    document.documentElement.dataset.shade = shade;
  }, [shade]);

  return [shade, (next) => {
    localStorage.setItem(KEY, next);
    setShade(next);
  }];
}
