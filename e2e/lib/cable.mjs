// A network cable that can be pulled: a TCP relay of one's own between a browser and a node. (A browser's own "offline" leaves open
// websockets alone.)
import { connect, createServer } from 'node:net'

/**
 * A relay to a port on loopback. `pull('hole')` lets every byte wait without a word, as a pulled cable does; what waits is delivered
 * when it is plugged in again, late, as TCP would. `pull('reset')` resets all connections and every new one.
 */
export const cable = async target => {
  const pairs = new Set()
  let state = 'up'

  const join = pair => {
    pair.far = connect(target, '127.0.0.1')
    pair.near.pipe(pair.far)
    pair.far.pipe(pair.near)
    const end = () => { pairs.delete(pair); pair.near.destroy(); pair.far.destroy() }
    for (const s of [pair.near, pair.far]) s.on('error', end).on('close', end)
  }
  const hold = pair => {
    pair.near.unpipe()
    pair.far?.unpipe()
    pair.near.pause()
    pair.far?.pause()
  }
  const server = createServer({ allowHalfOpen: false }, near => {
    if (state === 'reset') { near.resetAndDestroy(); return }
    const pair = { near, far: null }
    pairs.add(pair)
    near.on('error', () => {})
    if (state === 'up') join(pair)
    else near.pause()
  })
  await new Promise((resolve, reject) => { server.once('error', reject); server.listen(0, '127.0.0.1', resolve) })

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    pull (how) {
      state = how
      for (const pair of [...pairs]) {
        if (how === 'hole') hold(pair)
        else { pair.near.resetAndDestroy(); pair.far?.resetAndDestroy() }
      }
    },
    plug () {
      state = 'up'
      for (const pair of pairs) {
        if (!pair.far) join(pair)
        else { pair.near.pipe(pair.far); pair.far.pipe(pair.near) }
      }
    },
    close () {
      for (const { near, far } of pairs) { near.destroy(); far?.destroy() }
      server.close()
    }
  }
}
