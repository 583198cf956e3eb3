/** Shows at the foot of the page whatever goes wrong unseen. */
export function watchForProblems(): void {
  addEventListener('error', ({ message }) => report(`Error: ${message}`))
  addEventListener('unhandledrejection', ({ reason }) => report(`Unhandled: ${reason}`))
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    report(`The page's policy (${effectiveDirective}) stopped ${blockedURI}`),
  )
}

function report(text: string): void {
  const list = document.querySelector('#problems')
  const item = document.createElement('li')
  item.textContent = text
  list?.append(item)
  list?.removeAttribute('hidden')
}
