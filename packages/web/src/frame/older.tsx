/** Below the latest of something: brings the page of what came before. */
export function Older({
  hasMore,
  busy,
  onMore,
  label = 'Plus anciens',
}: {
  readonly hasMore: boolean;
  readonly busy: boolean;
  readonly onMore: () => Promise<unknown>;
  readonly label?: string;
}) {
  if (!hasMore) return null;
  return (
    <p className="more">
      <button type="button" className="button button-quiet" disabled={busy} onClick={() => void onMore()}>
        {label}
      </button>
    </p>
  );
}
