/** What broke the page's policy, as the browser tells the page. */
globalThis.violations = []
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, sample }) => {
  violations.push({ effectiveDirective, blockedURI, sourceFile, sample })
})
