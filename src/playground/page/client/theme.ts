import { useEffect, useState } from 'react';

export type Theme = 'light' | 'dark';
const KEY = 'playground.theme';

function preferred(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** The theme in use and how to switch it. What a person chose lasts; else the system decides. */
export function useTheme(): [Theme, () => void] {
  const [chosen, choose] = useState<Theme | null>(() => localStorage.getItem(KEY) as Theme | null);
  const [system, setSystem] = useState<Theme>(preferred);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const listener = () => setSystem(preferred());
    query.addEventListener('change', listener);
    return () => query.removeEventListener('change', listener);
  }, []);
  const theme = chosen ?? system;
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const toggle = () => {
    const next = theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem(KEY, next);
    choose(next);
  };
  return [theme, toggle];
}
