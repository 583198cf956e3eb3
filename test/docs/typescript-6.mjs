/** TypeDoc reads TypeScript up to 6, which is installed beside the compiler by that name. */
export function resolve(specifier, context, next) {
  return next(specifier === 'typescript' ? 'typescript-6' : specifier, context)
}
