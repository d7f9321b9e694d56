/** Brings the first error of the page (of the open dialog, if there is one) into sight, once it has been drawn. */
export function showFirstError(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const scope = document.querySelector('dialog[open]') ?? document
      scope.querySelector('.field-error, .banner[role="alert"]')?.scrollIntoView({ block: 'center' })
    }),
  )
}
