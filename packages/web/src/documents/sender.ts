import { useState } from 'react';

/** What every paper of this person says of where to come and whom to call: theirs, kept in this browser. */
export interface Sender {
  readonly phone: string;
  readonly place: string;
}

const STORAGE_KEY = 'raccroche.courriers';
const NOTHING: Sender = { phone: '', place: '' };

function readSender(): Sender {
  try {
    const kept = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Partial<Sender>;
    return { phone: String(kept.phone ?? ''), place: String(kept.place ?? '') };
  } catch {
    return NOTHING;
  }
}

export function useSender(): readonly [Sender, (change: Partial<Sender>) => void] {
  const [sender, setSender] = useState(readSender);
  return [
    sender,
    (change) => {
      const next = { ...sender, ...change };
      localStorage.setItem(STORAGE_KEY, JSON.stringify(next));
      setSender(next);
    },
  ];
}
