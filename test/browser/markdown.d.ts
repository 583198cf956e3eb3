/** A page of the documents, as it is written. */
declare module '*.md?raw' {
  const text: string
  export default text
}
