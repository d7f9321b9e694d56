import { createRoot } from 'react-dom/client'
import './parts/tokens.css'
import './parts/base.css'
import './parts/controls.css'
import './parts/blocks.css'
import './live/live.css'
import './app/shell.css'
import './pages/pages.css'
import './pages/matrix/matrix.css'
import './pages/meeting/meeting.css'
import './pages/meeting/during/during.css'
import './pages/meeting/during/wide.css'
import './parts/print.css'
import { Router } from 'wouter'
import { App } from './app/App'
import { base } from './app/base'
import { ErrorBoundary } from './app/ErrorBoundary'

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <Router base={base}>
      <ErrorBoundary>
        <App />
      </ErrorBoundary>
    </Router>,
  )
