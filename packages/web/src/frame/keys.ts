import { useEffect, useRef } from 'react';

const STORAGE_KEY = 'raccroche.touches';

/** Single keys may be switched off: with a voice, every word is a key. Source: WCAG 2.2, 2.1.4. */
export const areKeysOn = (): boolean => localStorage.getItem(STORAGE_KEY) !== 'non';
export function setKeysOn(on: boolean): void {
  if (on) localStorage.removeItem(STORAGE_KEY);
  else localStorage.setItem(STORAGE_KEY, 'non');
}

const TYPED_IN = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]';
const PRESSED_ON = 'a, button, summary, input[type=checkbox], input[type=radio]';

export type KeyActions = Readonly<Record<string, () => void>>;

function isForSomethingElse(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (!(event.target instanceof Element)) return false;
  if (event.target.closest(TYPED_IN)) return true;
  return (event.key === ' ' || event.key === 'Enter') && event.target.closest(PRESSED_ON) !== null;
}

/** Does something when a key is pressed, unless it is being typed in a field. Names as in `KeyboardEvent.key`. */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const action = latest.current[event.key];
      if (action === undefined || !areKeysOn() || isForSomethingElse(event)) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
