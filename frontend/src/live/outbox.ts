import { api } from '../api/api'
import { base } from '../app/base'
import { pauseOf } from '../app/pauseOf'
import { Outbox } from '../sync/outbox/Outbox'
import { drafts } from './drafts'

/** What is on its way to the server over a bad line; one for all pages of this tab. */
export const outbox = new Outbox({
  store: () => drafts.store(),
  user: drafts.user,
  send: (path, body) => api.post(path, body),
  page: () => window.location.pathname.slice(base.length),
  pause: pauseOf,
})
