const given = document.querySelector<HTMLMetaElement>('meta[name="kasane-base"]')?.content ?? ''

/** Path under which the installation lies behind its proxy, '' at the root. The server writes it into the page. */
export const base = given.startsWith('/') ? given : ''
