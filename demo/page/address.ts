/** The parts of `#side-by-side/token`: a section's name and what is chosen there. */
export function address(): { readonly section: string; readonly detail: string | undefined } {
  const [section = '', detail] = location.hash.slice(1).split('/')
  return { section, detail }
}
