import '../ui/base.css';
import './results.css';
import { Button } from '../ui/button.js';
import { Message } from '../ui/message.js';
import { Progress } from '../ui/progress.js';
import { Splitter } from '../ui/splitter.js';
import { DetailPane } from './detailPane.js';
import { formatShare } from '../../core/format.js';
import { fill, mount, pageStrings } from '../kit/page.js';
import { Problem } from '../kit/problem.js';
import { formatCount, host, strings } from './page.js';
import { Header, Toolbar } from './header.js';
import { ResultsGrid } from './resultsGrid.js';
import {
  active,
  changeView,
  detailShare,
  failure,
  filter,
  isWide,
  rowCount,
  rows,
  snapshot,
  watch,
} from './store.js';

function App() {
  const now = snapshot.value;
  return (
    <>
      <Header />
      <main class="main">
        <Toolbar />
        <div class="progress-slot">
          {now?.phase === 'indexing' && <Progress label={strings.indexing} value={now.progress} />}
        </div>
        <p class="visually-hidden" aria-live="polite">
          {announcement()}
        </p>
        <div class={isWide.value ? 'content wide' : 'content'}>
          <Content />
        </div>
      </main>
    </>
  );
}

/** For screen readers: once when it begins and once when it ends, not at every batch of rows. */
function announcement(): string {
  const now = snapshot.value;
  if (!now || now.phase === 'indexing') return strings.indexing;
  return fill(strings.rowsShown, formatCount(rowCount.value));
}

function Content() {
  const now = snapshot.value;
  const broken = failure.value ?? (rowCount.value === 0 ? now?.failure : undefined);
  if (broken) {
    return (
      <Problem
        title={strings.failedTitle}
        host={host}
        failure={broken}
        onRetry={() => void watch()}
        onFailed={(found) => {
          failure.value = found;
        }}
      />
    );
  }
  if (!now || (now.phase === 'indexing' && rowCount.value === 0)) return <Loading />;
  if (rowCount.value === 0) return <Empty />;
  return (
    <>
      <div class="rows">
        <Notice />
        <ResultsGrid />
      </div>
      {active.value >= 0 && (
        <>
          <Splitter
            label={strings.resize}
            share={detailShare.value}
            orientation={isWide.value ? 'vertical' : 'horizontal'}
            onChange={(share) => {
              detailShare.value = share;
            }}
          />
          <DetailPane size={detailShare.value} />
        </>
      )}
    </>
  );
}

function Loading() {
  return (
    <Message icon="loading codicon-modifier-spin" title={strings.indexing}>
      {snapshot.value && formatShare(snapshot.value.progress)}
    </Message>
  );
}

/** Above the rows: still indexing, stopped half-way, or a page that did not come. */
function Notice() {
  const now = snapshot.value;
  const error = rows.error.value?.message ?? now?.failure?.message;
  if (error !== undefined) {
    return (
      <p class="notice error" role="alert">
        <span class="codicon codicon-warning" aria-hidden="true" />
        <span>{error}</span>
        <Button
          onClick={() => {
            changeView(() => undefined);
          }}
        >
          {pageStrings.retry}
        </Button>
      </p>
    );
  }
  if (now?.phase !== 'indexing') return null;
  return <p class="notice">{fill(strings.indexed, formatShare(now.progress))}</p>;
}

function Empty() {
  if (filter.value === 'errors') {
    return (
      <Message icon="pass" title={strings.noErrorsTitle}>
        {strings.noErrorsText}
      </Message>
    );
  }
  return (
    <Message icon="inbox" title={strings.emptyTitle}>
      {strings.emptyText}
    </Message>
  );
}

mount(<App />);
void watch();
