import type { Member } from '@raccroche/contract';
import { RoleLabels } from '@raccroche/contract';
import { useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { call } from '../client/call.ts';
import { today } from '../client/clock.ts';
import { FormButtons } from '../frame/fields.tsx';
import { useUrlState } from '../frame/url-state.ts';
import { Back, useChange, useDraft } from '../frame/use-change.tsx';
import { addDays, shortDate } from '../words/dates.ts';
import { capital } from '../words/texts.ts';
import { ReplacementForm } from './replacement-form.tsx';
import { endsSoon, isToConfirm, termWords } from './role-words.ts';

interface OfMember {
  readonly member: Member;
  readonly onDone: () => void;
}

function useRefresh(onDone: () => void): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    onDone();
    await client.invalidateQueries({ queryKey: ['members'] });
  };
}

const YEAR_DAYS = 365;

function TermForm({ member, onDone }: OfMember) {
  const { membershipId, displayName } = member;
  const draft = useDraft(`term ${membershipId}`, { validTo: addDays(today(), YEAR_DAYS), endless: false });
  const { validTo, endless } = draft.values;
  const { busy, trouble, send } = useChange({ name: `term ${membershipId}`, values: draft.values });
  const refresh = useRefresh(onDone);
  const record = async (event: FormEvent) => {
    event.preventDefault();
    const until = endless ? null : validTo;
    const work = () => call('setMemberTerm', { params: { membershipId }, body: { validTo: until } });
    if (await send(work, `Droit de ${displayName} : ${termWords(until)}.`)) await refresh();
  };
  return (
    <form
      className="act-form"
      aria-label={`Durée du droit de ${displayName}`}
      onSubmit={(event) => void record(event)}
    >
      <Back isBack={draft.isBack} />
      {trouble}
      <div className="fields">
        <label className="field">
          <span>Dernier jour du droit</span>
          <input
            type="date"
            required={!endless}
            disabled={endless}
            min={today()}
            value={validTo}
            onChange={(event) => draft.set({ validTo: event.target.value })}
          />
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={endless}
            onChange={(event) => draft.set({ endless: event.target.checked })}
          />
          Sans date de fin
        </label>
      </div>
      <FormButtons busy={busy} label="Fixer cette durée" leave="Ne rien changer" onLeave={onDone} />
    </form>
  );
}

function RevokePanel({ member, onDone }: OfMember) {
  const { membershipId, displayName } = member;
  const { busy, trouble, send } = useChange({ name: `revoke ${membershipId}`, values: {} });
  const refresh = useRefresh(onDone);
  const revoke = async () => {
    const work = () => call('revokeMember', { params: { membershipId } });
    if (await send(work, `Droit de ${displayName} retiré.`)) await refresh();
  };
  return (
    <section className="act-form" aria-label={`Retirer le droit de ${displayName}`}>
      {trouble}
      <p>
        <strong>{displayName} ne verra plus rien ici, à l’instant</strong>, même sur un écran déjà ouvert. Ce
        qui a été fait reste dans les dossiers, à son nom. Les remplacements faits sur ce droit cessent aussi.
        Pour le rendre, il faudra une nouvelle invitation.
      </p>
      <p>
        <button type="button" className="button" disabled={busy} onClick={() => void revoke()}>
          Retirer ce droit
        </button>{' '}
        <button type="button" className="button button-quiet" onClick={onDone}>
          Ne pas retirer
        </button>
      </p>
    </section>
  );
}

function Facts({ member, isMe }: { readonly member: Member; readonly isMe: boolean }) {
  const { displayName, email, organisation, role, validTo, validFrom, confirmedOn, inForce } = member;
  return (
    <div>
      <p className="duty-who">
        <strong>{displayName}</strong> {isMe && <span className="tag">vous</span>}
      </p>
      <p>
        {capital(RoleLabels[role])} · {organisation}
      </p>
      <p className="quiet admin-break">{email}</p>
      <p className={endsSoon(member, today()) ? 'duty-late' : 'quiet'}>
        {capital(termWords(validTo))}
        {' · '}
        <span className={isToConfirm(member, today()) ? 'duty-late' : ''}>
          {confirmedOn === null
            ? `donné le ${shortDate(validFrom)}, jamais confirmé depuis`
            : `confirmé le ${shortDate(confirmedOn)}`}
        </span>
      </p>
      {!inForce && (
        <p className="duty-late">
          N’ouvre rien aujourd’hui : ce droit n’a pas commencé, ou sa structure n’est pas désignée.
        </p>
      )}
    </div>
  );
}

const DOINGS = [
  ['prolonger', 'Durée'],
  ['remplacer', 'Faire remplacer'],
  ['retirer', 'Retirer'],
] as const;

/** What is being done about a right; nothing without the right to. */
function Panel({
  doing,
  member,
  isMe,
  mayChange,
  onDone,
}: OfMember & { readonly doing: string | null; readonly isMe: boolean; readonly mayChange: boolean }) {
  return (
    <>
      {doing === 'prolonger' && mayChange && <TermForm member={member} onDone={onDone} />}
      {doing === 'retirer' && mayChange && <RevokePanel member={member} onDone={onDone} />}
      {doing === 'remplacer' && (mayChange || isMe) && (
        <ReplacementForm
          membershipId={member.membershipId}
          replaced={isMe ? undefined : member.displayName}
          validTo={member.validTo}
          onDone={onDone}
        />
      )}
    </>
  );
}

/** Somebody with a right over the territory; what may be done about it. */
export function MemberRow({
  member,
  isMe,
  mayChange,
}: {
  readonly member: Member;
  readonly isMe: boolean;
  readonly mayChange: boolean;
}) {
  const [url, setUrl] = useUrlState();
  const { membershipId, displayName } = member;
  const change = useChange({ name: `confirm ${membershipId}`, values: {} });
  const refresh = useRefresh(() => undefined);
  const doing = url.get('droit') === membershipId ? url.get('faire') : null;
  const onDone = () => setUrl({ faire: undefined, droit: undefined }, { replace: true });
  const confirm = async () => {
    const work = () => call('confirmMember', { params: { membershipId } });
    if (await change.send(work, `Vous avez répondu du droit de ${displayName}.`)) await refresh();
  };
  const doings = mayChange ? DOINGS : isMe ? DOINGS.filter(([what]) => what === 'remplacer') : [];
  return (
    <li className="admin-item">
      <div className="duty">
        <Facts member={member} isMe={isMe} />
        <div className="duty-actions">
          {mayChange && (
            <button
              type="button"
              className={isToConfirm(member, today()) ? 'button' : 'button button-quiet'}
              disabled={change.busy}
              onClick={() => void confirm()}
              aria-label={`Toujours justifié : ${displayName}`}
            >
              Toujours justifié
            </button>
          )}
          {doings.map(([what, label]) => (
            <button
              key={what}
              type="button"
              className="button button-quiet"
              aria-expanded={doing === what}
              aria-label={`${label} : ${displayName}`}
              onClick={() => setUrl({ faire: what, droit: membershipId }, { replace: true })}
            >
              {label}
            </button>
          ))}
        </div>
        {change.trouble}
      </div>
      <Panel doing={doing} member={member} isMe={isMe} mayChange={mayChange} onDone={onDone} />
    </li>
  );
}
