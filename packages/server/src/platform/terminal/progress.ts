import cliProgress from 'cli-progress';
import { systemClock } from '../../kernel/clock.ts';

/** How far a long piece of work is. `done` and `total` count `unit`s; `total` is 0 while unknown. */
export interface ProgressState {
  readonly stage: string;
  /** For people, in French. */
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly unit: string;
  /** The step at work, by its name in code: for profiles. */
  readonly step?: string;
}

export interface Progress {
  update(state: ProgressState): void;
  /** Says something to people without breaking the bar. */
  note(text: string): void;
  stop(): void;
}

/** Nothing at all: for `--json` and tests. */
export const silentProgress: Progress = { update: () => {}, note: () => {}, stop: () => {} };

/** A bar on a terminal, plain lines elsewhere. Everything goes to standard error: standard output is for results. */
export function openProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? barProgress(stream) : lineProgress(stream);
}

const PLAIN_LINE_EVERY_MS = 5_000;
const THOUSANDS = new Intl.NumberFormat('fr-FR');

function lineProgress(stream: NodeJS.WriteStream): Progress {
  let stage = '';
  let startedMs = 0;
  let writtenMs = 0;
  let last: ProgressState | undefined;
  const finish = () => {
    if (last)
      stream.write(
        `  ${last.label} : terminé${amount(last)}${duration(systemClock.elapsedMs() - startedMs)}\n`,
      );
    last = undefined;
  };
  return {
    update(state) {
      const nowMs = systemClock.elapsedMs();
      if (state.stage !== stage) {
        finish();
        stage = state.stage;
        startedMs = nowMs;
        writtenMs = nowMs;
      } else if (nowMs - writtenMs > PLAIN_LINE_EVERY_MS) {
        writtenMs = nowMs;
        stream.write(`  ${state.label}${amount(state)}\n`);
      }
      last = state;
    },
    note(text) {
      stream.write(`${text}\n`);
    },
    stop: finish,
  };
}

function barProgress(stream: NodeJS.WriteStream): Progress {
  const bar = new cliProgress.SingleBar({
    stream,
    hideCursor: true,
    clearOnComplete: false,
    stopOnComplete: false,
    etaBuffer: 50,
    format: '  {label} {bar} {percentage} %  {amount}{rate}{remaining}',
    barsize: 24,
  });
  let stage = '';
  let startedMs = 0;
  const finish = () => {
    if (stage !== '') bar.stop();
    stage = '';
  };
  // The bar hides the cursor and stops the wrapping of lines: Ctrl-C must not leave the terminal so.
  process.once('exit', finish);
  return {
    update(state) {
      const nowMs = systemClock.elapsedMs();
      const payload = () => {
        const seconds = (nowMs - startedMs) / 1000;
        const rate = seconds > 0.5 ? state.done / seconds : 0;
        const left = rate > 0 && state.total > 0 ? (state.total - state.done) / rate : 0;
        return {
          label: state.label.padEnd(38),
          amount: amount(state).replace(/^, /, ''),
          rate: rate > 0 ? ` · ${THOUSANDS.format(Math.round(rate))} ${state.unit}/s` : '',
          remaining: left >= 1 ? ` · reste ${seconds2text(left)}` : '',
        };
      };
      if (state.stage !== stage) {
        finish();
        stage = state.stage;
        startedMs = nowMs;
        bar.start(Math.max(state.total, 1), state.done, payload());
      } else {
        bar.setTotal(Math.max(state.total, state.done, 1));
        bar.update(state.done, payload());
      }
    },
    note(text) {
      finish();
      stream.write(`${text}\n`);
    },
    stop: finish,
  };
}

function amount(state: ProgressState): string {
  if (state.done === 0 && state.total === 0) return '';
  const done = THOUSANDS.format(state.done);
  return state.total > 0 && state.total !== state.done
    ? `, ${done} sur ${THOUSANDS.format(state.total)} ${state.unit}`
    : `, ${done} ${state.unit}`;
}

function duration(ms: number): string {
  return ms < 1000 ? '' : ` (${seconds2text(ms / 1000)})`;
}

function seconds2text(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}
