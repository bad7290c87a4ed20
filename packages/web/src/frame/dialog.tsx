import { type ReactNode, useEffect, useRef } from 'react';
import { setNoticesPlace } from '../client/notices.ts';

/** A question over the page: the keyboard stays in it, Escape leaves it. `title` is its heading. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
    setNoticesPlace(dialog.current);
    return () => setNoticesPlace(null);
  }, []);
  return (
    <dialog ref={dialog} className="dialog" aria-label={title} onClose={onClose}>
      <h2>{title}</h2>
      {children}
    </dialog>
  );
}
