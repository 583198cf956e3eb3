/** Shows at the foot of the page whatever goes wrong unseen, in the browser's own words. */
export function watchForProblems(): void {
  addEventListener('error', ({ message }) => report(message))
  addEventListener('unhandledrejection', ({ reason }) => report(String(reason)))
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    report(`Content-Security-Policy, ${effectiveDirective}: ${blockedURI}`),
  )
}

function report(text: string): void {
  const list = document.querySelector('#problems')
  const item = document.createElement('li')
  item.textContent = text
  list?.append(item)
  list?.removeAttribute('hidden')
}
