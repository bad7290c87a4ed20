import './without-eval.ts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './style/font.css';
import './style/tokens.css';
import './style/base.css';
import './style/frame.css';
import './style/worklist.css';
import './style/case.css';
import './style/agenda.css';
import './style/views.css';
import './style/letters.css';
import './style/admin.css';
import './style/school.css';
import { Application } from './application.tsx';
import { noteReached } from './client/outbox.ts';
import { ApiProblem, Unreachable } from './client/problem.ts';

const RETRIES = 2;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // Asked even when the browser believes it is offline: it is often wrong.
      networkMode: 'always',
      retry: (failures, error) => {
        if (error instanceof Unreachable) noteReached(false);
        return !(error instanceof ApiProblem) && failures < RETRIES;
      },
    },
  },
});

const place = document.getElementById('application');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Application />
      </QueryClientProvider>
    </StrictMode>,
  );
}
