/**
 * Cuts text into lines at CR, LF and CRLF, whatever pieces it comes in. A line is told as soon as its end is there, so that
 * an event which ends in CR does not wait for the next one; what is never ended is never told.
 */
export function createLines(onLine: (line: string) => void): (text: string) => void {
  let rest = ''
  let mayBeHalf = false
  return (text) => {
    if (!text) return
    const [head = '', ...more] = (mayBeHalf ? text.replace(/^\n/, '') : text).split(/\r\n?|\n/)
    mayBeHalf = text.endsWith('\r')
    rest += head
    for (const line of more) {
      onLine(rest)
      rest = line
    }
  }
}
