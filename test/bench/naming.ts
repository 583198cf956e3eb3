/** What goes wrong in a contender's page is said to be of that contender: a page's own error names none. */
export async function naming<T>(name: string, done: Promise<T>): Promise<T> {
  try {
    return await done
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}
