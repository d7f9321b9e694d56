import { Component, type ReactNode } from 'react'
import { Banner } from '../parts/Banner'
import { Button } from '../parts/Button'
import { words } from '../words'

interface Props {
  children: ReactNode
}

/** A part that cannot be drawn says so and leaves the rest of the page, and what is typed there, alone. */
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children
    const w = words.form
    return (
      <Banner
        tone="bad"
        title={w.broken}
        data-testid="broken"
        actions={
          <>
            <Button onClick={() => this.setState({ broken: false })}>{w.drawAgain}</Button>
            <Button onClick={() => location.reload()}>{w.reload}</Button>
          </>
        }
      >
        {w.brokenText}
      </Banner>
    )
  }
}
