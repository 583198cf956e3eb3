/** Laravel's tokens are percent-encoded; others may hold a `%` that is no escape, and stay as they are. */
export function decoded(value: string): string {
  try {
    const text = decodeURIComponent(value)
    // What is no header value was no escape, either.
    return /[^ -~]/.test(text) ? value : text
  } catch {
    return value
  }
}
