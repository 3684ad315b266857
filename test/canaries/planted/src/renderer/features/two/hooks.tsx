// lint: no-restricted-syntax: window.api
// lint: react-hooks/rules-of-hooks
// lint: react-hooks/exhaustive-deps
import { useEffect, useState } from 'react';

export const Part = ({ name }: { readonly name: string }): string => {
  const [, set] = useState('');
  useEffect(() => set(name), []);
  if (name === '') useState(1);
  return String((window as unknown as { api: unknown }).api ?? window.api);
};
