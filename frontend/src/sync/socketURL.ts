/** Address of the live socket on the origin of the page. */
export function socketURL(where: { protocol: string; host: string }, base: string): string {
  return `${where.protocol === 'https:' ? 'wss' : 'ws'}://${where.host}${base}/hp`
}
